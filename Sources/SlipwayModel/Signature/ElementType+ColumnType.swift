import SlipwayData

extension ElementType {
    /// The column type whose values fill this element type by nature.
    var columnType: ColumnType {
        switch self {
        case .float16, .float32, .float64: .number
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: .integer
        case .bool: .boolean
        case .string: .string
        }
    }

    /// Whether values of a column type can be put into this element type without loss of meaning.
    func accepts(_ type: ColumnType) -> Bool {
        switch columnType {
        case .number: type != .string
        case .integer: type == .integer || type == .boolean
        case .boolean: type == .boolean
        case .string: true
        }
    }
}
