public import Foundation

/// The formats of model files that are read.
public enum ModelFormat: String, Sendable, CaseIterable {
    /// ONNX, as exporters write it.
    case onnx = "ONNX"
    /// The text that LightGBM's `save_model` writes.
    case lightGBM = "LightGBM"
    /// The JSON or UBJSON that XGBoost's `save_model` writes.
    case xgboost = "XGBoost"

    /// The formats in words, for messages.
    public static let phrase = "ONNX, LightGBM's text, and XGBoost's JSON and UBJSON"

    /// The format that bytes are in, told by their beginning; `nil` for any other.
    public init?(of bytes: Data) {
        if LightGBMModel.recognises(bytes) {
            self = .lightGBM
        } else if XGBoostModel.recognises(bytes) {
            self = .xgboost
        } else if let first = bytes.first, Self.onnxBeginnings.contains(first) {
            self = .onnx
        } else {
            return nil
        }
    }

    /// The first byte of an ONNX file: the key of any field of its outermost message.
    private static let onnxBeginnings: Set<UInt8> = [0x08, 0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42, 0x72, 0xA2, 0xCA]
}
