package import SlipwayData

extension Tensor {
    /// One element as a cell.
    ///
    /// A 32-bit float is read through its shortest decimal form, so that 0.1 stays 0.1 in an answer.
    ///
    /// - Complexity: O(1).
    package func value(at index: Int) -> Value {
        switch elements {
        case .float32(let array): .number(array[index].asShortestDouble)
        case .float64(let array): .number(array[index])
        case .int32(let array): .integer(Int64(array[index]))
        case .int64(let array): .integer(array[index])
        case .bool(let array): .boolean(array[index])
        case .string(let array): .string(array[index])
        }
    }

    /// One column of a matrix as a table column.
    ///
    /// - Complexity: O(rows).
    package func column(named name: String, at index: Int) -> Column {
        let positions = stride(from: index, to: count, by: max(1, width))
        let values: Column.Values =
            switch elements {
            case .float32(let array): .numbers(positions.map { array[$0].asShortestDouble })
            case .float64(let array): .numbers(positions.map { array[$0] })
            case .int32(let array): .integers(positions.map { Int64(array[$0]) })
            case .int64(let array): .integers(positions.map { array[$0] })
            case .bool(let array): .booleans(positions.map { array[$0] })
            case .string(let array): .strings(positions.map { array[$0] })
            }
        return Column(name: name, values: values)
    }
}

extension Float {
    /// The double whose shortest text is the shortest text of this float.
    fileprivate var asShortestDouble: Double {
        guard isFinite else { return Double(self) }
        return Double(description) ?? Double(self)
    }
}
