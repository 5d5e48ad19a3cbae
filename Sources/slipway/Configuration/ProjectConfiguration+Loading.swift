import Foundation

extension ProjectConfiguration {
    /// Reads and checks the file of a project.
    ///
    /// - Throws: ``ConfigurationError`` that lists every problem, or says why the file cannot be read.
    static func load(from folder: ProjectFolder) throws(ConfigurationError) -> ProjectConfiguration {
        try ProjectConfiguration(bytes: fileBytes(of: folder), folder: folder)
    }

    private static func fileBytes(of folder: ProjectFolder) throws(ConfigurationError) -> [UInt8] {
        let path = folder.absolutePath(of: fileName)
        do {
            // A pipe or device would be read forever.
            let target = (path as NSString).resolvingSymlinksInPath
            let attributes = try FileManager.default.attributesOfItem(atPath: target)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw ConfigurationError(.unreadable, "\(folder.file) is not a regular file")
            }
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() }
            return Array(try file.read(upToCount: YAMLDocument.byteCountMax + 1) ?? Data())
        } catch let error as ConfigurationError {
            throw error
        } catch {
            throw ConfigurationError(
                .unreadable, "\(folder.file) cannot be read", hint: "Check that the file exists and may be read.")
        }
    }
}
