import Foundation

extension ProjectFolder {
    /// Finds the project that a command is about.
    ///
    /// - Parameters:
    ///   - directory: The folder that the user named, which must itself hold the project file, or `nil`.
    ///   - current: The absolute path of the current folder; without `directory`, it and all above it are searched.
    /// - Throws: ``ConfigurationError`` of kind `notFound`.
    static func find(
        in directory: String? = nil, from current: String = FileManager.default.currentDirectoryPath
    ) throws(ConfigurationError) -> ProjectFolder {
        let fileName = ProjectConfiguration.fileName
        if let directory {
            let folder = ProjectFolder(path: current).absolutePath(of: directory)
            let path = URL(filePath: folder).standardizedFileURL.path
            guard holdsProject(path) else {
                throw ConfigurationError(
                    .notFound, "there is no \(fileName) in \(directory)",
                    hint: "Name the folder of a project, or run: slipway init \(directory)")
            }
            let separator = directory.hasSuffix("/") ? "" : "/"
            return ProjectFolder(path: path, file: directory + separator + fileName)
        }
        var folder = URL(filePath: current).standardizedFileURL.path
        var file = fileName
        while true {
            if holdsProject(folder) { return ProjectFolder(path: folder, file: file) }
            let parent = (folder as NSString).deletingLastPathComponent
            guard !parent.isEmpty, parent != folder else { break }
            folder = parent
            file = "../" + file
        }
        throw ConfigurationError(
            .notFound, "there is no \(fileName) in this folder or in any above it",
            hint: "Start a project with: slipway init .")
    }

    private static func holdsProject(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(ProjectConfiguration.fileName)")
    }
}
