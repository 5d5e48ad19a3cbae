/// The product that all linear operators share.
enum Matrix {
    /// The most multiplications that one product may take.
    static let multiplications = 1 << 36
    /// The columns from which on a product is summed in the precision of its elements.
    private static let narrowest = 8

    /// Writes `left · right`: rows × inner by inner × columns, all row-major.
    ///
    /// The terms of an element are summed in the order of `inner`, whatever the number of rows, so a row alone gets the
    /// bits that it gets among others. Sums are kept in double precision where the right matrix is narrow, as in the
    /// formulas of classic models, whose terms may cancel; those of a wide one, as networks have, in that of the scalar.
    ///
    /// - Complexity: O(rows · inner · columns).
    static func multiply<Scalar: FloatScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, rows: Int, inner: Int, columns: Int,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        guard columns >= narrowest else {
            return multiplyNarrow(left, right, rows: rows, inner: inner, columns: columns, into: result)
        }
        var column = 0
        while column < columns {
            let isOneRow = rows < Strip<Scalar>.rowsAtOnce
            let width = Strip<Scalar>.width(of: columns - column, isOneRow: isOneRow)
            let strip = Strip(right: right + column, inner: inner, columns: columns)
            var row = 0
            while row < rows {
                let source = left + row * inner
                let target = result + row * columns + column
                let isBlock = rows - row >= Strip<Scalar>.rowsAtOnce
                switch (width, isBlock) {
                case (32, _): strip.multiplyWideRow(source, into: target, by: SIMD8<Scalar>.self)
                case (8, true): strip.multiplyRows(source, into: target, by: SIMD8<Scalar>.self)
                case (8, false): strip.multiplyRow(source, into: target, by: SIMD8<Scalar>.self)
                case (4, true): strip.multiplyRows(source, into: target, by: SIMD4<Scalar>.self)
                case (4, false): strip.multiplyRow(source, into: target, by: SIMD4<Scalar>.self)
                case (2, true): strip.multiplyRows(source, into: target, by: SIMD2<Scalar>.self)
                case (2, false): strip.multiplyRow(source, into: target, by: SIMD2<Scalar>.self)
                case (_, true): strip.multiplyRows(source, into: target)
                default: strip.multiplyRow(source, into: target)
                }
                row += isBlock ? Strip<Scalar>.rowsAtOnce : 1
            }
            column += width
        }
    }

    /// Writes `left · right` for whole numbers, summed in double precision.
    static func multiply<Scalar: WholeScalar>(
        _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>, rows: Int, inner: Int, columns: Int,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        multiplyNarrow(left, right, rows: rows, inner: inner, columns: columns, into: result)
    }

    /// Writes `left · right`, summed in double precision.
    @inline(__always)
    private static func multiplyNarrow<Scalar: NumericScalar>(
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

extension Matrix {
    /// A few neighbouring columns of a right matrix, whose sums stay in registers while rows are multiplied with them.
    private struct Strip<Scalar: FloatScalar> {
        /// The first element of the strip.
        let right: UnsafePointer<Scalar>
        let inner: Int
        /// The columns of the whole right matrix.
        let columns: Int

        /// The rows that are multiplied together, which share each load of the right matrix.
        static var rowsAtOnce: Int { 4 }

        /// The columns of the next strip.
        static func width(of left: Int, isOneRow: Bool) -> Int {
            if isOneRow, left >= 32 { return 32 }
            return left >= 8 ? 8 : left >= 4 ? 4 : left >= 2 ? 2 : 1
        }

        @inline(__always)
        private func load<Vector: SIMD>(
            _ factors: UnsafePointer<Scalar>, _: Vector.Type
        ) -> Vector where Vector.Scalar == Scalar {
            UnsafeRawPointer(factors).loadUnaligned(as: Vector.self)
        }

        @inline(__always)
        private func store<Vector: SIMD>(_ sums: Vector, to target: UnsafeMutablePointer<Scalar>) {
            UnsafeMutableRawPointer(target).storeBytes(of: sums, as: Vector.self)
        }

        @inline(__always)
        func multiplyRows<Vector: SIMD>(
            _ left: UnsafePointer<Scalar>, into result: UnsafeMutablePointer<Scalar>, by _: Vector.Type
        ) where Vector.Scalar == Scalar {
            var (first, second, third, fourth) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
            for position in 0..<inner {
                let factors = load(right + position * columns, Vector.self)
                first += factors * left[position]
                second += factors * left[inner + position]
                third += factors * left[2 * inner + position]
                fourth += factors * left[3 * inner + position]
            }
            store(first, to: result)
            store(second, to: result + columns)
            store(third, to: result + 2 * columns)
            store(fourth, to: result + 3 * columns)
        }

        @inline(__always)
        func multiplyWideRow<Vector: SIMD>(
            _ left: UnsafePointer<Scalar>, into result: UnsafeMutablePointer<Scalar>, by _: Vector.Type
        ) where Vector.Scalar == Scalar {
            let width = Vector.scalarCount
            var (first, second, third, fourth) = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
            for position in 0..<inner {
                let factors = right + position * columns
                let factor = left[position]
                first += load(factors, Vector.self) * factor
                second += load(factors + width, Vector.self) * factor
                third += load(factors + 2 * width, Vector.self) * factor
                fourth += load(factors + 3 * width, Vector.self) * factor
            }
            store(first, to: result)
            store(second, to: result + width)
            store(third, to: result + 2 * width)
            store(fourth, to: result + 3 * width)
        }

        @inline(__always)
        func multiplyRow<Vector: SIMD>(
            _ left: UnsafePointer<Scalar>, into result: UnsafeMutablePointer<Scalar>, by _: Vector.Type
        ) where Vector.Scalar == Scalar {
            var sums = Vector.zero
            for position in 0..<inner { sums += load(right + position * columns, Vector.self) * left[position] }
            store(sums, to: result)
        }

        @inline(__always)
        func multiplyRows(_ left: UnsafePointer<Scalar>, into result: UnsafeMutablePointer<Scalar>) {
            var (first, second, third, fourth): (Scalar, Scalar, Scalar, Scalar) = (0, 0, 0, 0)
            for position in 0..<inner {
                let factor = right[position * columns]
                first += factor * left[position]
                second += factor * left[inner + position]
                third += factor * left[2 * inner + position]
                fourth += factor * left[3 * inner + position]
            }
            result[0] = first
            result[columns] = second
            result[2 * columns] = third
            result[3 * columns] = fourth
        }

        @inline(__always)
        func multiplyRow(_ left: UnsafePointer<Scalar>, into result: UnsafeMutablePointer<Scalar>) {
            var sum: Scalar = 0
            for position in 0..<inner { sum += left[position] * right[position * columns] }
            result.pointee = sum
        }
    }
}
