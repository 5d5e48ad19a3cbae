/// How two shapes are stretched to one, by the rules of NumPy.
struct Broadcast {
    /// How one array is read while the elements of the common shape are walked.
    private enum Stretch {
        /// Element by element.
        case whole
        /// One element for all.
        case single
        /// From the start again after so many elements, as a row that all rows share.
        case cycle(Int)
        /// Each element so many times in a row, as a column that stands for all columns.
        case each(Int)
        /// In any other way.
        case scattered
    }

    /// Rows shorter than this are combined several at a time.
    private static let shortCycle = 64

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
        if left == right { return left }
        let rank = max(left.count, right.count)
        var shape = [Int](1, times: rank)
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
    @inline(__always)
    func combine<Left, Right, Result>(
        _ a: [Left], _ b: [Right], _ operation: (Left, Right) -> Result
    ) -> [Result] {
        guard count > 0 else { return [] }
        let (first, second) = (stretch(of: left), stretch(of: right))
        return [Result](unwritten: count) { result, written in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    switch (first, second) {
                    case (.whole, .whole):
                        for index in 0..<count {
                            result.initializeElement(at: index, to: operation(a[index], b[index]))
                        }
                    case (.whole, .single):
                        let other = b[0]
                        for index in 0..<count { result.initializeElement(at: index, to: operation(a[index], other)) }
                    case (.single, .whole):
                        let other = a[0]
                        for index in 0..<count { result.initializeElement(at: index, to: operation(other, b[index])) }
                    case (.whole, .cycle(let length)) where length < Self.shortCycle && count >= 4 * Self.shortCycle:
                        combine(a, withShortRow: b, of: length, into: result, operation)
                    case (.whole, .cycle(let length)):
                        for start in stride(from: 0, to: count, by: length) {
                            for index in 0..<length {
                                let element = operation(a[start + index], b[index])
                                result.initializeElement(at: start + index, to: element)
                            }
                        }
                    case (.whole, .each(let length)):
                        for block in 0..<count / length {
                            for index in block * length..<(block + 1) * length {
                                result.initializeElement(at: index, to: operation(a[index], b[block]))
                            }
                        }
                    case (.each(let length), .whole):
                        combine(a, withRows: b, of: length, by: length, into: result, operation)
                    case (.each(let length), .cycle(let other)) where length == other:
                        combine(a, withRows: b, of: length, by: 0, into: result, operation)
                    default:
                        let sources = self.sources()
                        for index in 0..<count {
                            let element = operation(a[sources.left[index]], b[sources.right[index]])
                            result.initializeElement(at: index, to: element)
                        }
                    }
                }
            }
            written = count
        }
    }

    /// Combines rows with a short one that they share: several of it side by side make a loop that is worth it.
    @inline(__always)
    private func combine<Left, Right, Result>(
        _ a: UnsafeBufferPointer<Left>, withShortRow b: UnsafeBufferPointer<Right>, of length: Int,
        into result: UnsafeMutableBufferPointer<Result>, _ operation: (Left, Right) -> Result
    ) {
        let wide = Self.shortCycle / length * length
        withUnsafeTemporaryAllocation(of: Right.self, capacity: wide) { row in
            guard let row = row.baseAddress, let source = b.baseAddress else { return }
            for start in stride(from: 0, to: wide, by: length) {
                (row + start).initialize(from: source, count: length)
            }
            for start in stride(from: 0, to: count, by: wide) {
                for index in 0..<min(wide, count - start) {
                    let element = operation(a[start + index], row[index])
                    result.initializeElement(at: start + index, to: element)
                }
            }
            row.deinitialize(count: wide)
        }
    }

    /// Combines a column with rows, each of which begins so many elements after the one before, or is the same one.
    @inline(__always)
    private func combine<Left, Right, Result>(
        _ a: UnsafeBufferPointer<Left>, withRows b: UnsafeBufferPointer<Right>, of length: Int, by step: Int,
        into result: UnsafeMutableBufferPointer<Result>, _ operation: (Left, Right) -> Result
    ) {
        for block in 0..<count / length {
            let element = a[block]
            for index in 0..<length {
                result.initializeElement(
                    at: block &* length &+ index, to: operation(element, b[block &* step &+ index]))
            }
        }
    }

    private func stretch(of small: [Int]) -> Stretch {
        if small == shape { return .whole }
        let first = small.firstIndex { $0 != 1 }
        guard let first, let last = small.lastIndex(where: { $0 != 1 }) else { return .single }
        let offset = shape.count - small.count
        let isDense = (first...last).allSatisfy { small[$0] == shape[offset + $0] }
        let leads = shape[..<(offset + first)].allSatisfy { $0 == 1 }
        let trails = shape[(offset + last + 1)...].allSatisfy { $0 == 1 }
        switch (isDense, leads, trails) {
        case (true, true, true): return .whole
        case (true, false, true): return .cycle(small.reduce(1, *))
        case (true, true, false): return .each(shape[(offset + last + 1)...].reduce(1, *))
        default: return .scattered
        }
    }

    @inline(never)
    private func sources() -> (left: [Int], right: [Int]) {
        (Self.sources(of: left, in: shape, count: count), Self.sources(of: right, in: shape, count: count))
    }

    /// For each element of a shape, the element of a smaller one that is stretched over it.
    ///
    /// - Complexity: O(count).
    static func sources(of small: [Int], in shape: [Int], count: Int) -> [Int] {
        if small == shape { return Array(0..<count) }
        return way(through: small, in: shape).offsets(count: count)
    }

    /// The way through a smaller shape that is stretched over a shape.
    static func way(through small: [Int], in shape: [Int]) -> Odometer {
        let padded = Array(repeating: 1, count: shape.count - small.count) + small
        return Odometer(shape: shape, strides: zip(Shape.strides(padded), padded).map { $1 == 1 ? 0 : $0 })
    }
}
