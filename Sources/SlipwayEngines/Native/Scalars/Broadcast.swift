/// How two shapes are stretched to one, by the rules of NumPy.
struct Broadcast {
    /// The common shape.
    let shape: [Int]
    /// The number of elements of the common shape.
    let count: Int
    private let left: [Int]
    private let right: [Int]

    /// Finds the common shape.
    ///
    /// - Throws: ``KernelProblem`` when dimensions differ and neither is 1, or the result is too large.
    init(_ left: [Int], _ right: [Int]) throws(KernelProblem) {
        self.left = left
        self.right = right
        shape = try Self.common(left, right)
        count = try Shape.count(shape)
    }

    /// The shape that both shapes stretch to.
    static func common(_ left: [Int], _ right: [Int]) throws(KernelProblem) -> [Int] {
        let rank = max(left.count, right.count)
        var shape = [Int](repeating: 1, count: rank)
        for position in 0..<rank {
            let a = position < rank - left.count ? 1 : left[position - (rank - left.count)]
            let b = position < rank - right.count ? 1 : right[position - (rank - right.count)]
            guard a == b || a == 1 || b == 1 else {
                throw KernelProblem(.failed, "shapes \(left) and \(right) do not fit together")
            }
            shape[position] = a == 1 ? b : a
        }
        return shape
    }

    /// Combines two arrays element by element.
    ///
    /// - Complexity: O(count).
    func combine<Left, Right, Result>(
        _ a: [Left], _ b: [Right], _ operation: (Left, Right) -> Result
    ) -> [Result] {
        if count == 0 { return [] }
        if left == right { return a.indices.map { operation(a[$0], b[$0]) } }
        if b.count == 1 { return a.map { operation($0, b[0]) } }
        if a.count == 1 { return b.map { operation(a[0], $0) } }
        let first = Self.sources(of: left, in: shape, count: count)
        let second = Self.sources(of: right, in: shape, count: count)
        return (0..<count).map { operation(a[first[$0]], b[second[$0]]) }
    }

    /// For each element of a shape, the element of a smaller one that is stretched over it.
    ///
    /// - Complexity: O(count).
    static func sources(of small: [Int], in shape: [Int], count: Int) -> [Int] {
        if small == shape { return Array(0..<count) }
        let padded = Array(repeating: 1, count: shape.count - small.count) + small
        let strides = zip(Shape.strides(padded), padded).map { $1 == 1 ? 0 : $0 }
        return Odometer(shape: shape, strides: strides).offsets(count: count)
    }
}
