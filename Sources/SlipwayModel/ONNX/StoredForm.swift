/// The element types that can be decoded; unlike ``ElementType`` it tells the two 16-bit floats apart.
enum StoredForm {
    case float32, uint8, int8, uint16, int16, int32, int64, string, bool, float16, float64, uint32, uint64, bfloat16

    init?(_ type: ONNXTensorProto.DataType) {
        switch type {
        case .float: self = .float32
        case .uint8: self = .uint8
        case .int8: self = .int8
        case .uint16: self = .uint16
        case .int16: self = .int16
        case .int32: self = .int32
        case .int64: self = .int64
        case .string: self = .string
        case .bool: self = .bool
        case .float16: self = .float16
        case .double: self = .float64
        case .uint32: self = .uint32
        case .uint64: self = .uint64
        case .bfloat16: self = .bfloat16
        default: return nil
        }
    }

    /// The bytes of one element in raw form; `nil` for text.
    var byteCount: Int? {
        switch self {
        case .uint8, .int8, .bool: 1
        case .uint16, .int16, .float16, .bfloat16: 2
        case .float32, .int32, .uint32: 4
        case .int64, .uint64, .float64: 8
        case .string: nil
        }
    }
}
