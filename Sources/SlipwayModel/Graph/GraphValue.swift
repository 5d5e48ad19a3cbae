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

    /// The fixed number of elements in a row of one of several tables, or `nil` where the graph leaves it open.
    var tableWidth: Int? {
        guard case .tensor(let type, let shape?) = type, shape.count >= 2 else { return nil }
        return GraphValue(name: name, type: .tensor(type, shape: Array(shape.dropFirst()))).width
    }

    /// The dimensions after the first of a tensor whose rows hold so many elements, or `nil` when none fit.
    ///
    /// A vector has none, an open dimension is what the others leave over, and an unknown rank is that of a matrix.
    public func rowShape(width: Int) -> [Int]? {
        guard case .tensor(_, let shape?) = type, let first = shape.indices.first else { return [width] }
        let declared = shape[(first + 1)...]
        let fixed = declared.compactMap(\.self).reduce(1, *)
        switch declared.count - declared.compactMap(\.self).count {
        case 0: return fixed == width ? declared.compactMap(\.self) : nil
        case 1:
            guard fixed > 0, width > 0, width.isMultiple(of: fixed) else { return nil }
            return declared.map { $0 ?? width / fixed }
        default: return nil
        }
    }
}
