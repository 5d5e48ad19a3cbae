public import Foundation
public import SlipwayData

/// A model file in any of the formats that are read, translated into ONNX.
///
/// ```swift
/// let graph = try ONNXModel(bytes: ModelSource(bytes: file).onnx).graph()
/// ```
public struct ModelSource: Sendable {
    /// The format of the file.
    public let format: ModelFormat
    /// The model as ONNX: the bytes as given, or their translation.
    public let onnx: Data
    /// The digest of the bytes as given.
    public let digest: SHA256Digest

    /// Recognises the format by its content and translates it; an ONNX file is taken as it is, unread.
    ///
    /// - Throws: ``ModelError`` of kind `malformedModel` for bytes in no known format, otherwise as the reader of the
    ///   format does.
    /// - Complexity: O(bytes).
    public init(bytes: Data) throws(ModelError) {
        guard let format = ModelFormat(of: bytes) else { throw Self.unknownFormat(bytes) }
        self.format = format
        digest = SHA256Digest(of: bytes)
        switch format {
        case .onnx: onnx = bytes
        case .lightGBM: onnx = try LightGBMModel(bytes: bytes).onnx()
        case .xgboost: onnx = try XGBoostModel(bytes: bytes).onnx()
        }
    }

    /// The bytes that a file of gzip begins with.
    private static let gzipMark: [UInt8] = [0x1F, 0x8B]

    private static func unknownFormat(_ bytes: Data) -> ModelError {
        if XGBoostModel.recognisesBinaryFormat(bytes) { return XGBoostModel.binaryFormatError }
        if bytes.starts(with: gzipMark) {
            return ModelError(
                .malformedModel, "The file is compressed with gzip.", hint: "Unpack it with gunzip first.")
        }
        return ModelError(
            .malformedModel,
            bytes.isEmpty
                ? "The file is empty, and so not an ONNX model."
                : "The bytes are not an ONNX model, nor one of LightGBM or XGBoost.",
            hint: "These formats are read: \(ModelFormat.phrase).")
    }
}

extension Lineage {
    /// Notes the format and the digest of the file that was given, where the package holds a translation of it.
    public mutating func note(_ source: ModelSource) {
        guard source.format != .onnx else { return }
        sourceFormat = source.format.rawValue
        sourceDigest = source.digest
    }
}
