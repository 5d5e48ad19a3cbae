extension Tensor {
    /// Matrices with equally many rows as one, a vector counting as a matrix of one column.
    ///
    /// - Returns: `nil` for no tensors, for such as differ in rows or type, and for those with other dimensions.
    /// - Complexity: O(elements).
    package init?(sideBySide tensors: [Tensor]) {
        guard let first = tensors.first, let rows = first.shape.first,
            tensors.allSatisfy({ (1...2).contains($0.shape.count) && $0.shape.first == rows })
        else { return nil }
        var arrays: [Elements] = []
        for tensor in tensors { arrays.append(tensor.elements) }
        let widths = tensors.map(\.width)
        func joined<Element>(_ array: (Elements) -> [Element]?) -> [Element]? {
            let parts = arrays.compactMap(array)
            guard parts.count == arrays.count else { return nil }
            let total = widths.reduce(0, +)
            return [Element](unsafeUninitializedCapacity: rows * total) { result, written in
                var column = 0
                for (part, width) in zip(parts, widths) {
                    part.withUnsafeBufferPointer { part in
                        for row in 0..<rows {
                            for index in 0..<width {
                                result.initializeElement(
                                    at: row * total + column + index, to: part[row * width + index])
                            }
                        }
                    }
                    column += width
                }
                written = rows * total
            }
        }
        let elements: Elements? =
            switch first.elements {
            case .float32: joined { if case .float32(let array) = $0 { array } else { nil } }.map(Elements.float32)
            case .float64: joined { if case .float64(let array) = $0 { array } else { nil } }.map(Elements.float64)
            case .int32: joined { if case .int32(let array) = $0 { array } else { nil } }.map(Elements.int32)
            case .int64: joined { if case .int64(let array) = $0 { array } else { nil } }.map(Elements.int64)
            case .bool: joined { if case .bool(let array) = $0 { array } else { nil } }.map(Elements.bool)
            case .string: joined { if case .string(let array) = $0 { array } else { nil } }.map(Elements.string)
            }
        guard let elements else { return nil }
        self.init(shape: [rows, widths.reduce(0, +)], elements: elements)
    }
}
