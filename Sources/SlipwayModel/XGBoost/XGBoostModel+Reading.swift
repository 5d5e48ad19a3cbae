package import Foundation

extension XGBoostModel {
    /// Whether bytes begin as a model of this format does, in JSON or UBJSON: with an opening brace.
    package static func recognises(_ bytes: Data) -> Bool { isUBJSON(bytes) || isJSON(bytes) }

    /// Whether bytes are a model in XGBoost's binary format, which it no longer writes since version 3.1.
    ///
    /// That format has no mark of its own: the names of its objective and booster follow a header of fixed length.
    package static func recognisesBinaryFormat(_ bytes: Data) -> Bool {
        let head = bytes.prefix(512)
        if head.starts(with: Array("binf".utf8)) { return true }
        return ["gbtree", "gblinear", "dart"].contains { name in
            // A text is stored as its length in 64 bits and then its bytes.
            head.range(of: Data([UInt8(name.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(name.utf8))) != nil
        }
    }

    /// The refusal of XGBoost's binary format.
    package static var binaryFormatError: ModelError {
        ModelError(
            .unsupportedModel, "the file is an XGBoost model in the old binary format",
            hint: "With XGBoost 3.0 or older: xgboost.Booster(model_file=\"model.bin\").save_model(\"model.ubj\").")
    }

    /// Reads a model in JSON or UBJSON; which of the two is seen from the bytes.
    ///
    /// - Throws: ``ModelError`` of kind `malformedModel` naming the path and the byte where the bytes break the format,
    ///   `limitExceeded`, or `unsupportedModel` for what XGBoost can train and Slipway cannot run.
    /// - Complexity: O(bytes).
    package init(bytes: Data, limits: XGBoostLimits = .default) throws(ModelError) {
        guard bytes.count <= limits.byteCount else {
            throw ModelError(
                .limitExceeded, "The model has \(bytes.count) bytes; the limit is \(limits.byteCount).",
                hint: "Train fewer or smaller trees.")
        }
        let result: Result<XGBoostModel, ModelError> = bytes.withUnsafeBytes { buffer in
            Result { () throws(ModelError) in
                if Self.isUBJSON(bytes) {
                    var reader = XGBoostModelReader(
                        UBJSONDocumentReader(buffer, depthMax: limits.depth), limits: limits)
                    return try reader.model()
                }
                if Self.isJSON(bytes) {
                    var reader = XGBoostModelReader(JSONDocumentReader(buffer, depthMax: limits.depth), limits: limits)
                    return try reader.model()
                }
                if Self.recognisesBinaryFormat(bytes) { throw Self.binaryFormatError }
                throw ModelError(
                    .malformedModel, "The bytes are not an XGBoost model in JSON or UBJSON.",
                    hint: "Give the file that Booster.save_model wrote.")
            }
        }
        self = try result.get()
    }

    /// Whether an opening brace is followed by the length of a name, a count, or a type.
    private static func isUBJSON(_ bytes: Data) -> Bool {
        let head = bytes.prefix(2)
        guard head.count == 2, head.first == UInt8(ascii: "{"), let second = head.last else { return false }
        return "iUIlL#$N".utf8.contains(second)
    }

    /// Whether the first byte that is no space is an opening brace.
    private static func isJSON(_ bytes: Data) -> Bool {
        var head = bytes.prefix(64)
        if head.starts(with: [0xEF, 0xBB, 0xBF]) { head = head.dropFirst(3) }
        return head.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
    }
}
