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
    ///
    /// - Complexity: O(rows · columns).
    static func transposed<Element>(_ array: [Element], rows: Int, columns: Int) -> [Element] {
        guard rows != 1, columns != 1 else { return array }
        return [Element](unwritten: array.count) { result, written in
            array.withUnsafeBufferPointer { array in
                guard let source = array.baseAddress, let target = result.baseAddress else { return }
                // A few rows at a time, whose lines of the cache serve several neighbouring columns.
                for first in stride(from: 0, to: rows, by: rowsTransposedAtOnce) {
                    let end = min(rows, first + rowsTransposedAtOnce)
                    for column in 0..<columns {
                        for row in first..<end {
                            (target + column * rows + row).initialize(to: source[row * columns + column])
                        }
                    }
                }
            }
            written = array.count
        }
    }

    private static let rowsTransposedAtOnce = 16
}
