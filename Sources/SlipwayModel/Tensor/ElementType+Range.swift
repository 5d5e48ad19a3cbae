extension ElementType {
    /// The whole numbers that a narrow integer or truth type holds, or `nil` for a type that holds every `Int64`,
    /// if only rounded.
    ///
    /// `uint64` ends at the largest `Int64`, in which tensors keep it.
    package var wholeRange: ClosedRange<Int64>? {
        switch self {
        case .int8: -0x80...0x7F
        case .int16: -0x8000...0x7FFF
        case .int32: -0x8000_0000...0x7FFF_FFFF
        case .uint8: 0...0xFF
        case .uint16: 0...0xFFFF
        case .uint32: 0...0xFFFF_FFFF
        case .uint64: 0...Int64.max
        case .bool: 0...1
        case .float16, .float32, .float64, .int64, .string: nil
        }
    }
}

extension ElementType {
    /// The type itself where tensors keep its elements in a wider form, else `nil`.
    package var narrow: ElementType? {
        switch self {
        case .float16, .uint8, .int8, .uint16, .int16, .uint32, .uint64: self
        case .float32, .float64, .int32, .int64, .bool, .string: nil
        }
    }
}
