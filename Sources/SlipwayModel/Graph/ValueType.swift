/// What a graph says of one of its inputs or outputs.
public enum ValueType: Equatable, Sendable {
    /// A tensor; a `nil` dimension varies, usually the first one with the number of rows.
    case tensor(ElementType, shape: [Int?]?)
    /// A sequence with one map per row, as `ZipMap` writes it.
    case sequenceOfMaps(key: ElementType, value: ElementType)

    /// The element type of a tensor, or of the values of the maps.
    public var elementType: ElementType {
        switch self {
        case .tensor(let type, _): type
        case .sequenceOfMaps(_, let value): value
        }
    }
}
