import Foundation
import SlipwayData
import SlipwayModel

/// Reads model files that a person names.
enum ModelFile {
    /// The largest model file, in bytes.
    static let byteCountMax = 2 << 30

    /// The endings of the formats that are read, where an argument may be the name of a model as well.
    static let endings = [".onnx", ".txt", ".json", ".ubj"]

    /// A model file in any of the formats that are read, as ONNX.
    ///
    /// - Throws: ``DataError`` as ``bytes(of:)`` does, ``ModelError`` when the file is no model.
    static func source(of path: String) throws -> ModelSource {
        try ModelSource(bytes: bytes(of: path))
    }

    /// The bytes of a model file.
    ///
    /// - Throws: ``DataError`` when it is not there, is a folder, a pipe or a device, or is too large.
    static func bytes(of path: String) throws(DataError) -> Data {
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DataError(.unreadable, "there is no file \(path)")
        }
        guard !isFolder.boolValue else { throw DataError(.unreadable, "\(path) is a folder, not a model file") }
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        let attributes = (try? FileManager.default.attributesOfItem(atPath: target)) ?? [:]
        let type = attributes[.type] as? FileAttributeType
        guard type == nil || type == .typeRegular else {
            throw DataError(
                .unreadable, "\(path) is a pipe or a device, not a model file", hint: "Write the model to a file first."
            )
        }
        let size = attributes[.size] as? Int ?? 0
        guard size <= byteCountMax else { throw DataError(.limitExceeded, "\(path) is larger than 2 GiB") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DataError(.unreadable, "the file \(path) cannot be read", hint: "Check its permissions.")
        }
        return data
    }
}
