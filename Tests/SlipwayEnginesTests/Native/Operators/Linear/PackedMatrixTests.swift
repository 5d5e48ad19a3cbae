import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct PackedMatrixTests {
    /// Numbers whose sums depend on the order of the terms.
    private static func numbers<Scalar: FloatScalar>(_ count: Int, seed: Int) -> [Scalar] {
        (0..<count).map { Scalar(($0 * 7_919 + seed * 104_729) % 10_007) / 313 - 15.7 }
    }

    /// The product by plain loops, each sum in a type of its own.
    private static func plain<Scalar: FloatScalar, Sum: FloatScalar>(
        _ left: [Scalar], _ right: [Scalar], rows: Int, inner: Int, columns: Int, bias: [Scalar], summedAs _: Sum.Type
    ) -> [Scalar] {
        (0..<rows * columns).map { place in
            var sum: Sum = 0
            for position in 0..<inner {
                let product =
                    Sum(left[place / columns * inner + position])
                    * Sum(right[position * columns + place % columns])
                sum += product
            }
            let shifted = Scalar(sum) + bias[place % columns]
            return shifted < 0 ? 0 : shifted
        }
    }

    private func expectSameBits<Scalar: FloatScalar, Sum: FloatScalar>(
        _: Scalar.Type, rows: Int, inner: Int, columns: Int, summedAs sum: Sum.Type
    ) {
        let left: [Scalar] = Self.numbers(rows * inner, seed: 1)
        let right: [Scalar] = Self.numbers(inner * columns, seed: 2)
        let bias: [Scalar] = Self.numbers(columns, seed: 3)
        let packed = PackedMatrix(right, inner: inner, columns: columns)
        let guardian: Scalar = 123
        var result = [Scalar](repeating: guardian, count: rows * columns + 20)
        packed.multiply(
            left, rows: rows, adding: packed.filledUp(bias), rectifying: true, into: &result)
        let expected = Self.plain(
            left, right, rows: rows, inner: inner, columns: columns, bias: bias, summedAs: sum)
        #expect(Array(result[..<(rows * columns)]) == expected, "\(rows) x \(inner) x \(columns)")
        #expect(result[(rows * columns)...].allSatisfy { $0 == guardian }, "\(rows) x \(inner) x \(columns)")
    }

    /// Whatever vectors the processor has, so that all processors agree.
    @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 67])
    func aProductHasTheBitsOfAPlainLoop(_ rows: Int) {
        for columns in [1, 2, 3, 7] {
            expectSameBits(Float.self, rows: rows, inner: 13, columns: columns, summedAs: Double.self)
        }
        for columns in [8, 12, 15, 16, 17, 31, 48, 70] {
            expectSameBits(Float.self, rows: rows, inner: 13, columns: columns, summedAs: Float.self)
        }
        for columns in [1, 2, 4, 7, 8, 9, 17, 35] {
            expectSameBits(Double.self, rows: rows, inner: 13, columns: columns, summedAs: Double.self)
        }
        expectSameBits(Float.self, rows: rows, inner: 0, columns: 9, summedAs: Float.self)
    }

    /// Whatever places the rows have, on either side.
    @Test(arguments: [1, 4, 15, 16, 31, 32, 67])
    func aProductInLanesHasTheBitsOfAPlainLoop(_ rows: Int) {
        let inner = 13
        let left: [Float] = Self.numbers(rows * inner, seed: 1)
        let turned = Matrix.transposed(left, rows: rows, columns: inner)
        for columns in 1...7 {
            let right: [Float] = Self.numbers(inner * columns, seed: 2)
            let bias: [Float] = Self.numbers(columns, seed: 3)
            let packed = PackedMatrix(right, inner: inner, columns: columns)
            let expected = Self.plain(
                left, right, rows: rows, inner: inner, columns: columns, bias: bias, summedAs: Double.self)
            var first = [Float](repeating: 0, count: expected.count)
            var second = first
            packed.multiplyInLanes(
                left, .rows(of: inner), rows: rows, adding: bias, rectifying: true, into: &first,
                .columns(of: rows))
            packed.multiplyInLanes(
                turned, .columns(of: rows), rows: rows, adding: bias, rectifying: true, into: &second,
                .rows(of: columns))
            #expect(packed.fitsLanes && second == expected, "\(rows) x \(columns)")
            #expect(Matrix.transposed(first, rows: columns, columns: rows) == expected, "\(rows) x \(columns)")
        }
    }

    @Test
    func aTransposedMatrixIsPackedAsItsTransposed() {
        let left: [Float] = Self.numbers(2 * 5, seed: 4)
        let right: [Float] = Self.numbers(5 * 9, seed: 5)
        let turned = Matrix.transposed(right, rows: 5, columns: 9)
        var (first, second) = ([Float](repeating: 0, count: 18), [Float](repeating: 1, count: 18))
        PackedMatrix(right, inner: 5, columns: 9).multiply(left, rows: 2, into: &first)
        PackedMatrix(turned, inner: 5, columns: 9, isTransposed: true).multiply(left, rows: 2, into: &second)
        #expect(first == second)
    }
}
