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
        var position = [Int](repeating: 0, count: shape.count - 1)
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
}
