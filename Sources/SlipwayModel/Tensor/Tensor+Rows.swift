extension Tensor {
    /// One row, with a first dimension of 1.
    ///
    /// - Precondition: The tensor has a first dimension and the row is within it.
    /// - Complexity: O(width).
    func row(_ index: Int) -> Tensor { rows(index..<index + 1) }

    /// Some rows, with a first dimension that counts them.
    ///
    /// - Precondition: The tensor has a first dimension and the rows are within it.
    /// - Complexity: O(elements of the rows).
    func rows(_ rows: Range<Int>) -> Tensor {
        let range = rows.lowerBound * width..<rows.upperBound * width
        let slice: Elements =
            switch elements {
            case .float32(let array): .float32(Array(array[range]))
            case .float64(let array): .float64(Array(array[range]))
            case .int32(let array): .int32(Array(array[range]))
            case .int64(let array): .int64(Array(array[range]))
            case .bool(let array): .bool(Array(array[range]))
            case .string(let array): .string(Array(array[range]))
            }
        return Tensor(shape: [rows.count] + shape.dropFirst(), elements: slice)
    }

    /// Adds the rows of another tensor below these; `false`, with nothing changed, when its type or its rows differ.
    ///
    /// - Complexity: O(elements added), over many calls.
    mutating func appendRows(of other: Tensor) -> Bool {
        guard shape.dropFirst() == other.shape.dropFirst(), elementType == other.elementType else { return false }
        let rows = rowCount + other.rowCount
        // Each case empties `elements` first, so that the array is grown in place and not copied.
        switch (elements, other.elements) {
        case (.float32(var array), .float32(let more)):
            elements = .float32([])
            array += more
            elements = .float32(array)
        case (.float64(var array), .float64(let more)):
            elements = .float64([])
            array += more
            elements = .float64(array)
        case (.int32(var array), .int32(let more)):
            elements = .int32([])
            array += more
            elements = .int32(array)
        case (.int64(var array), .int64(let more)):
            elements = .int64([])
            array += more
            elements = .int64(array)
        case (.bool(var array), .bool(let more)):
            elements = .bool([])
            array += more
            elements = .bool(array)
        case (.string(var array), .string(let more)):
            elements = .string([])
            array += more
            elements = .string(array)
        default: return false
        }
        shape = [rows] + shape.dropFirst()
        return true
    }
}
