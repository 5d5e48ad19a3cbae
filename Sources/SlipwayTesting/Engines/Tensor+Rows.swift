package import SlipwayModel

extension Tensor {
    /// The rows of a range of the first dimension.
    package func rows(_ range: Range<Int>) -> Tensor {
        let cells = range.lowerBound * width..<range.upperBound * width
        return Tensor(shape: [range.count] + shape.dropFirst(), elements: elements.selecting(Array(cells)))
    }

    /// The tensor with the columns of its last dimension moved from one order of labels into another.
    ///
    /// - Returns: `nil` when the labels are not the same set, each once.
    func aligned(from labels: [String]?, to wanted: [String]?) -> Tensor? {
        guard labels != wanted else { return self }
        guard let labels, let wanted, shape.count == 2, width == labels.count, labels.sorted() == wanted.sorted() else {
            return nil
        }
        let columns = wanted.compactMap(labels.firstIndex)
        let cells = (0..<rowCount).flatMap { row in columns.map { row * width + $0 } }
        return Tensor(shape: shape, elements: elements.selecting(cells))
    }
}

extension Tensor.Elements {
    /// The elements at positions, in their order.
    func selecting(_ positions: [Int]) -> Tensor.Elements {
        switch self {
        case .float32(let array): .float32(positions.map { array[$0] })
        case .float64(let array): .float64(positions.map { array[$0] })
        case .int32(let array): .int32(positions.map { array[$0] })
        case .int64(let array): .int64(positions.map { array[$0] })
        case .bool(let array): .bool(positions.map { array[$0] })
        case .string(let array): .string(positions.map { array[$0] })
        }
    }
}
