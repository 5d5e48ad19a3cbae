/// The product that all linear operators share.
enum Matrix {
    /// The most multiplications that one product may take.
    static let multiplications = 1 << 36

    /// Adds `left · right` to nothing: rows × inner by inner × columns, all row-major.
    ///
    /// Products are summed in double precision, so the result does not depend on the order of the terms.
    ///
    /// - Parameters:
    ///   - leftStart: Where the left matrix begins in its array; likewise `rightStart`.
    /// - Complexity: O(rows · inner · columns).
    static func multiply<Scalar: NumericScalar>(
        _ left: [Scalar], from leftStart: Int = 0, _ right: [Scalar], from rightStart: Int = 0,
        rows: Int, inner: Int, columns: Int, into result: inout [Scalar]
    ) {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns { sums[column] = 0 }
            for position in 0..<inner {
                let factor = left[leftStart + row * inner + position].asDouble
                let start = rightStart + position * columns
                for column in 0..<columns { sums[column] += factor * right[start + column].asDouble }
            }
            for column in 0..<columns { result.append(Scalar(rounding: sums[column])) }
        }
    }

    /// Refuses a product that would take too long.
    static func check(rows: Int, inner: Int, columns: Int) throws(KernelProblem) {
        let (outer, first) = rows.multipliedReportingOverflow(by: columns)
        let (all, second) = outer.multipliedReportingOverflow(by: max(inner, 1))
        guard !first, !second, all <= multiplications else {
            throw KernelProblem(.tooLarge, "a product of \(rows)x\(inner) and \(inner)x\(columns) takes too long")
        }
    }

    /// A matrix with rows and columns exchanged.
    static func transposed<Scalar>(_ array: [Scalar], rows: Int, columns: Int) -> [Scalar] {
        var result: [Scalar] = []
        result.reserveCapacity(array.count)
        for column in 0..<columns {
            for row in 0..<rows { result.append(array[row * columns + column]) }
        }
        return result
    }
}
