import Foundation
import SlipwayData

/// Reads model files that a person names.
enum ModelFile {
    /// The largest model file, in bytes.
    static let byteCountMax = 2 << 30

    /// The bytes of a model file.
    ///
    /// - Throws: ``DataError`` when it is not there, is a folder, or is too large.
    static func bytes(of path: String) throws(DataError) -> Data {
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw DataError(.unreadable, "there is no file \(path)")
        }
        guard !isFolder.boolValue else { throw DataError(.unreadable, "\(path) is a folder, not an ONNX file") }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= byteCountMax else { throw DataError(.limitExceeded, "\(path) is larger than 2 GiB") }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DataError(.unreadable, "the file \(path) cannot be read", hint: "Check its permissions.")
        }
        return data
    }
}
