import SlipwayModel

extension FeatureProgram.Load {
    /// Whether the columns are those of one category.
    var isOneHot: Bool {
        if case .oneHot = source { true } else { false }
    }

    /// Writes the columns of some rows; `false` when an element has no value.
    func write(
        _ rows: Range<Int>, of inputs: Arguments, to target: UnsafeMutablePointer<Float>, stride: Int
    ) -> Bool {
        switch source {
        case .input(let columns):
            guard let tensor = inputs.optional(input) else { return false }
            return copy(tensor, columns, rows, to: target, stride)
        case .oneHot(_, _, let wanted):
            for row in 0..<rows.count {
                (target + row * stride).update(repeating: 0, count: width)
            }
            return forEachPlace(of: rows, inputs) { row, place in
                if wanted.contains(place) { target[row * stride + place - wanted.lowerBound] = 1 }
            }
        case .filled(_, let value):
            for row in 0..<rows.count { (target + row * stride).update(repeating: value, count: width) }
            return true
        case .product: return false
        case .lookup(let columns, let table):
            guard let tensor = inputs.optional(input) else { return false }
            return table.write(tensor, columns, rows, to: target, stride)
        }
    }

    /// Finds the place of the category in each row, which is negative for an unknown one.
    ///
    /// - Returns: Whether the node takes all the categories.
    @inline(__always)
    func forEachPlace(of rows: Range<Int>, _ inputs: Arguments, _ take: (_ row: Int, _ place: Int) -> Void) -> Bool {
        guard case .oneHot(let columns, let encoder, _) = source, let tensor = inputs.optional(input) else {
            return false
        }
        var isComplete = true
        let isRightType = encoder.forEachPlace(
            of: tensor, from: rows.lowerBound * columns.width + columns.first, by: columns.width, count: rows.count
        ) { row, place in
            if place < 0 { isComplete = false }
            take(row, place)
        }
        return isRightType && (isComplete || encoder.allowsUnknown)
    }

    private func copy(
        _ tensor: Tensor, _ columns: FeatureColumns.GraphColumns, _ rows: Range<Int>,
        to target: UnsafeMutablePointer<Float>, _ stride: Int
    ) -> Bool {
        @inline(__always)
        func each<Number>(_ array: [Number], _ single: (Number) -> Float) {
            array.withUnsafeBufferPointer { array in
                if columns.width == width, stride == width {
                    let start = rows.lowerBound * width
                    for index in 0..<rows.count * width { target[index] = single(array[start + index]) }
                    return
                }
                for row in 0..<rows.count {
                    let start = (rows.lowerBound + row) * columns.width + columns.first
                    for column in 0..<width { target[row * stride + column] = single(array[start + column]) }
                }
            }
        }
        switch tensor.elements {
        case .float32(let array): each(array) { $0 }
        case .float64(let array): each(array) { Float($0) }
        case .int32(let array): each(array) { Float(Double($0)) }
        case .int64(let array): each(array) { Float(Double($0)) }
        case .bool(let array): each(array) { $0 ? 1 : 0 }
        case .string: return false
        }
        return true
    }
}

extension LabelEncoderKernel {
    /// Writes the values of one column of keys as single-precision numbers.
    fileprivate func write(
        _ tensor: Tensor, _ columns: FeatureColumns.GraphColumns, _ rows: Range<Int>,
        to target: UnsafeMutablePointer<Float>, _ stride: Int
    ) -> Bool {
        forEachPlace(
            of: tensor, from: rows.lowerBound * columns.width + columns.first, by: columns.width, count: rows.count
        ) { row, place in target[row * stride] = figures[place] }
    }
}
