/// A named input or output of a graph.
public struct GraphValue: Equatable, Sendable {
    /// The name that nodes refer to.
    public var name: String
    /// Its declared type.
    public var type: ValueType

    /// Makes a named value.
    public init(name: String, type: ValueType) {
        self.name = name
        self.type = type
    }

    /// The fixed number of elements in a row, 1 for a vector or scalar, or `nil` where the graph leaves it open.
    public var width: Int? {
        guard case .tensor(_, let shape) = type, let shape else { return nil }
        var product = 1
        for dimension in shape.dropFirst() {
            guard let dimension else { return nil }
            product *= dimension
        }
        return product
    }
}
