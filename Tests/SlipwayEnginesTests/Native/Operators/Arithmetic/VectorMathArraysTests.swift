import Foundation
import Testing

@testable import SlipwayEngines

struct VectorMathArraysTests {
    private static let numbers: [Float] =
        (-2_203...2_203).map { Float($0) / 20 } + [-0.0, 1e-30, 88.8, -103.5, 1e30, .nan, .infinity, -.infinity]

    private func applied(_ function: VectorMath.Function, _ numbers: [Float]) -> [UInt32] {
        var numbers = numbers
        numbers.withUnsafeMutableBufferPointer { VectorMath.apply(function, to: $0) }
        return numbers.map(\.bitPattern)
    }

    private func applied(_ function: (VectorMath.Eight) -> VectorMath.Eight, _ numbers: [Float]) -> [UInt32] {
        var numbers = numbers
        numbers.withUnsafeMutableBufferPointer { VectorMath.apply(function, to: $0) }
        return numbers.map(\.bitPattern)
    }

    /// The bits of a NaN say nothing.
    private func expectSame(_ found: [UInt32], _ expected: [UInt32]) {
        for (found, expected) in zip(found, expected) {
            #expect(found == expected || Float(bitPattern: found).isNaN && Float(bitPattern: expected).isNaN)
        }
    }

    @Test
    func wideVectorsGiveTheBitsOfEightNumbers() {
        expectSame(applied(.exponential, Self.numbers), applied(VectorMath.exponential, Self.numbers))
        expectSame(applied(.sigmoid, Self.numbers), applied(VectorMath.sigmoid, Self.numbers))
        expectSame(applied(.hyperbolicTangent, Self.numbers), applied(VectorMath.hyperbolicTangent, Self.numbers))
    }

    @Test
    func aNumberGetsTheSameBitsWhereverItStands() {
        let all = applied(.sigmoid, Self.numbers)
        for (number, found) in zip(Self.numbers.dropLast(3), all) { #expect(applied(.sigmoid, [number]) == [found]) }
    }

    @Test
    func exactFunctionsAreThoseOfTheCLibraryRoundedOnce() {
        let numbers = (-2_000..<2_000).map { Double($0) / 23 }
        var result = [Float](repeating: 0, count: numbers.count)
        VectorMath.applyExactly(.exponential, ofMultiples: -0.75, numbers, into: &result, count: numbers.count)
        #expect(zip(numbers, result).allSatisfy { abs($1 - Float(exp(-0.75 * $0))) <= $1.ulp })
        VectorMath.applyExactly(.hyperbolicTangent, ofMultiples: 0.25, numbers, into: &result, count: numbers.count)
        #expect(zip(numbers, result).allSatisfy { abs($1 - Float(tanh(0.25 * $0))) <= $1.ulp })
    }

    @Test
    func exactFunctionsKeepTheMeaningOfOddNumbers() {
        let odd = [Double.nan, .infinity, -.infinity, 0, -1e300, 1e300, 0, 0]
        var result = [Float](repeating: 5, count: odd.count)
        VectorMath.applyExactly(.exponential, ofMultiples: 1, odd, into: &result, count: odd.count)
        #expect(result[0].isNaN && Array(result[1...]) == [.infinity, 0, 1, 0, .infinity, 1, 1])
    }
}
