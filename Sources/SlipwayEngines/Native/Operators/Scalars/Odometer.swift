/// Counts through a shape while it keeps the offset that given strides lead to.
struct Odometer {
    /// The dimensions to count through.
    let shape: [Int]
    /// What one step along each dimension adds to the offset.
    let strides: [Int]
    /// The offset of the first element.
    var start = 0

    /// The offsets of all elements in row-major order.
    ///
    /// - Complexity: O(count).
    func offsets(count: Int) -> [Int] {
        guard count > 0 else { return [] }
        guard let innerLength = shape.last, let innerStride = strides.last else { return [start] }
        var offsets: [Int] = []
        offsets.reserveCapacity(count)
        var position = [Int](0, times: shape.count - 1)
        var base = start
        while true {
            for step in 0..<innerLength { offsets.append(base + step * innerStride) }
            var dimension = position.count - 1
            while dimension >= 0 {
                position[dimension] += 1
                base += strides[dimension]
                if position[dimension] < shape[dimension] { break }
                base -= strides[dimension] * shape[dimension]
                position[dimension] = 0
                dimension -= 1
            }
            if dimension < 0 { return offsets }
        }
    }

    /// The elements of an array in the order of the offsets, all of which lie within it.
    ///
    /// - Complexity: O(count), or O(1) when they are all elements in their own order.
    func elements<Scalar>(of array: [Scalar], count: Int) -> [Scalar] {
        guard count > 0 else { return [] }
        let walk = joined()
        if walk.shape.count == 1, walk.strides[0] == 1, count == array.count { return array }
        return [Scalar](unwritten: count) { result, written in
            array.withUnsafeBufferPointer { array in
                guard var target = result.baseAddress, let source = array.baseAddress else { return }
                walk.copy(from: source + start, to: &target, along: 0)
            }
            written = count
        }
    }

    /// The same way with fewer dimensions: those of 1 are left out, and neighbours that go on evenly are one.
    private func joined() -> Odometer {
        var (lengths, steps): ([Int], [Int]) = ([], [])
        for dimension in shape.indices where shape[dimension] != 1 {
            if let last = steps.last, last == strides[dimension] * shape[dimension] {
                lengths[lengths.count - 1] *= shape[dimension]
                steps[steps.count - 1] = strides[dimension]
            } else {
                lengths.append(shape[dimension])
                steps.append(strides[dimension])
            }
        }
        return lengths.isEmpty ? Odometer(shape: [1], strides: [1]) : Odometer(shape: lengths, strides: steps)
    }

    /// Copies what lies along a dimension and those after it, and moves the target on.
    private func copy<Scalar>(
        from source: UnsafePointer<Scalar>, to target: inout UnsafeMutablePointer<Scalar>, along dimension: Int
    ) {
        let rest = shape.count - dimension
        guard rest <= 2 else {
            for step in 0..<shape[dimension] {
                copy(from: source + step * strides[dimension], to: &target, along: dimension + 1)
            }
            return
        }
        let (length, stride) = (shape[shape.count - 1], strides[shape.count - 1])
        for step in 0..<(rest == 2 ? shape[dimension] : 1) {
            let run = source + step * strides[dimension]
            if stride == 1 {
                target.initialize(from: run, count: length)
            } else {
                for index in 0..<length { (target + index).initialize(to: run[index &* stride]) }
            }
            target += length
        }
    }
}
