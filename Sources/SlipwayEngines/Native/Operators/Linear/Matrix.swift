/// What all products of matrices share.
enum Matrix {
    /// The most multiplications that one product may take.
    static let multiplications = 1 << 36

    /// Writes `left · right` for whole numbers, summed in double precision: rows × inner by inner × columns, row-major.
    ///
    /// - Complexity: O(rows · inner · columns).
    static func multiply<Scalar: WholeScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, rows: Int, inner: Int, columns: Int,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        for row in 0..<rows {
            for column in 0..<columns {
                var sum = 0.0
                for position in 0..<inner {
                    sum += left[row * inner + position].asDouble * right[position * columns + column].asDouble
                }
                result[row * columns + column] = Scalar(rounding: sum)
            }
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
