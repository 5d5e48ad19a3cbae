/// What a graph says of one of its inputs or outputs.
public enum ValueType: Equatable, Sendable {
    /// A tensor; a `nil` dimension varies, usually the first one with the number of rows.
    case tensor(ElementType, shape: [Int?]?)
    /// A sequence with one map per row, as `ZipMap` writes it.
    case sequenceOfMaps(key: ElementType, value: ElementType)
    /// A sequence of matrices, one per target; engines answer with one matrix that has them side by side.
    case sequenceOfTensors(ElementType)

    /// The element type of the tensors, or of the values of the maps.
    public var elementType: ElementType {
        switch self {
        case .tensor(let type, _): type
        case .sequenceOfMaps(_, let value): value
        case .sequenceOfTensors(let type): type
        }
    }
}
