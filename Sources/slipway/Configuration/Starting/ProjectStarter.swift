import Foundation

/// Writes a new project to disk: all of its files, or none.
struct ProjectStarter {
    /// What was done.
    struct Outcome: Equatable, Sendable {
        /// The project.
        var folder: ProjectFolder
        /// Its name.
        var name: String
        /// The files that were written.
        var created: [String]
        /// The files that were there before and stay as they are.
        var kept: [String]
    }

    /// The folder as the user named it.
    let directory: String
    /// The absolute path of the folder that relative paths start from.
    var current: String = FileManager.default.currentDirectoryPath

    /// Starts a project, in a folder that need not exist yet.
    ///
    /// - Throws: ``ConfigurationError`` of kind `exists` when there is a project already, `unwritable` when a file
    ///   cannot be written; whatever was written until then is removed.
    func start() throws(ConfigurationError) -> Outcome {
        let path = URL(filePath: ProjectFolder(path: current).absolutePath(of: directory)).standardizedFileURL.path
        let shown = directory.hasSuffix("/") ? String(directory.dropLast()) : directory
        let fileName = ProjectConfiguration.fileName
        let folder = ProjectFolder(path: path, file: shown == "." ? fileName : "\(shown)/\(fileName)")
        guard !exists(folder.absolutePath(of: fileName)) else {
            throw ConfigurationError(
                .exists, "\(folder.file) exists already",
                hint: "Edit that file, or start the project in another folder.")
        }
        let template = ProjectTemplate(name: folder.suggestedName)
        var outcome = Outcome(folder: folder, name: template.name, created: [], kept: [])
        var undo: [String] = []
        do {
            try makeFolder(path, undo: &undo)
            for file in template.files {
                let target = folder.absolutePath(of: file.path)
                guard !exists(target) else {
                    outcome.kept.append(file.path)
                    continue
                }
                try makeFolder((target as NSString).deletingLastPathComponent, undo: &undo)
                try Data(file.text.utf8).write(to: URL(filePath: target), options: .withoutOverwriting)
                undo.append(target)
                outcome.created.append(file.path)
            }
        } catch {
            for made in undo.reversed() { try? FileManager.default.removeItem(atPath: made) }
            throw failure(error)
        }
        return outcome
    }

    /// Makes a folder and those above it, and notes each one that was not there.
    private func makeFolder(_ path: String, undo: inout [String]) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
            guard isFolder.boolValue else { throw CocoaError(.fileWriteFileExists) }
            return
        }
        let parent = (path as NSString).deletingLastPathComponent
        if !parent.isEmpty, parent != path { try makeFolder(parent, undo: &undo) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        undo.append(path)
    }

    /// Whether anything has this path, a broken link too.
    private func exists(_ path: String) -> Bool {
        (try? FileManager.default.attributesOfItem(atPath: path)) != nil
    }

    private func failure(_ error: any Error) -> ConfigurationError {
        let reason: String
        var hint = "Check the folder's permissions, or choose another one."
        switch (error as? CocoaError)?.code {
        case .fileWriteNoPermission: reason = "permission denied"
        case .fileWriteVolumeReadOnly: reason = "the file system is read-only"
        case .fileWriteFileExists: (reason, hint) = ("a file has the name of a folder", "Choose another folder.")
        case .fileWriteOutOfSpace: (reason, hint) = ("no space is left", "Free some space and run again.")
        case .fileWriteInvalidFileName: (reason, hint) = ("the name is too long or invalid", "Choose another folder.")
        default: reason = "it cannot be made here"
        }
        return ConfigurationError(
            .unwritable, "the project in \(Quotation.quoted(directory)) cannot be written: \(reason)", hint: hint)
    }
}
