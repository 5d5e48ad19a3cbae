/// The element types of tensors, with the numbers that ONNX gives them.
public enum ElementType: Int, Codable, Hashable, Sendable, CaseIterable {
    /// 32-bit floating point.
    case float32 = 1
    /// Unsigned 8-bit integer.
    case uint8 = 2
    /// Signed 8-bit integer.
    case int8 = 3
    /// Unsigned 16-bit integer.
    case uint16 = 4
    /// Signed 16-bit integer.
    case int16 = 5
    /// Signed 32-bit integer.
    case int32 = 6
    /// Signed 64-bit integer.
    case int64 = 7
    /// UTF-8 text.
    case string = 8
    /// Truth value.
    case bool = 9
    /// 16-bit floating point.
    case float16 = 10
    /// 64-bit floating point.
    case float64 = 11
    /// Unsigned 32-bit integer.
    case uint32 = 12
    /// Unsigned 64-bit integer.
    case uint64 = 13

    /// The bytes of one element in raw form, or `nil` for text.
    public var byteCount: Int? {
        switch self {
        case .uint8, .int8, .bool: 1
        case .uint16, .int16, .float16: 2
        case .float32, .int32, .uint32: 4
        case .int64, .uint64, .float64: 8
        case .string: nil
        }
    }

    /// The name that the Open Inference Protocol gives the type.
    public var protocolName: String {
        switch self {
        case .float32: "FP32"
        case .uint8: "UINT8"
        case .int8: "INT8"
        case .uint16: "UINT16"
        case .int16: "INT16"
        case .int32: "INT32"
        case .int64: "INT64"
        case .string: "BYTES"
        case .bool: "BOOL"
        case .float16: "FP16"
        case .float64: "FP64"
        case .uint32: "UINT32"
        case .uint64: "UINT64"
        }
    }
}
