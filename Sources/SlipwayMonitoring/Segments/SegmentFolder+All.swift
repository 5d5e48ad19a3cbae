import Foundation
import SlipwayData

extension SegmentFolder {
    /// The folders of all models of an environment; none when there is no log yet.
    ///
    /// - Throws: ``LogError`` of kind `unreadable`.
    static func all(
        root: String, environment: String, parquet: (any ParquetFiles)? = nil
    ) throws(LogError) -> [SegmentFolder] {
        let path = "\(root)/\(environment)"
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let models: [String]
        do {
            models = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw LogError(
                .unreadable, "the folder of the logs '\(path)' cannot be read: \(error.localizedDescription)")
        }
        return models.sorted().compactMap { model in
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: "\(path)/\(model)", isDirectory: &isFolder), isFolder.boolValue
            else { return nil }
            return try? SegmentFolder(root: root, environment: environment, model: model, parquet: parquet)
        }
    }
}
