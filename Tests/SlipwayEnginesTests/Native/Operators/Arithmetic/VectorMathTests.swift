import Foundation
import Testing

@testable import SlipwayEngines

struct VectorMathTests {
    private static let numbers: [Float] = {
        let steps = (-4_400...4_400).map { Float($0) / 40 }
        return steps + [0, -0.0, 1e-30, -1e-30, 1e-6, 0.624_999, 0.625, 88.7, 88.8, -87.4, -103, -150, 1e30, -1e30]
    }()

    private func applied(_ function: VectorMath.Function, _ numbers: [Float]) -> [Float] {
        var numbers = numbers
        numbers.withUnsafeMutableBufferPointer { VectorMath.apply(function, to: $0) }
        return numbers
    }

    /// - Parameter margin: What a difference may be beside the last bits of the number.
    private func expect(_ found: [Float], within margin: Float = 0, _ expected: (Double) -> Double) {
        for (number, found) in zip(Self.numbers, found) {
            let exact = Float(expected(Double(number)))
            let isClose = found == exact || abs(found - exact) <= 4e-7 * abs(exact) + .leastNormalMagnitude + margin
            #expect(isClose, "of \(number): \(found) instead of \(exact)")
        }
    }

    @Test
    func theFunctionsAreThoseOfTheCLibrary() {
        expect(applied(.exponential, Self.numbers)) { exp($0) }
        expect(applied(.sigmoid, Self.numbers)) { 1 / (1 + exp(-$0)) }
        expect(applied(.hyperbolicTangent, Self.numbers)) { tanh($0) }
        expect(applied(.errorFunction, Self.numbers)) { erf($0) }
    }

    @Test
    func theActivationsAreTheirFormulas() {
        expect(applied(.softplus, Self.numbers), within: 2e-7) { max($0, 0) + log1p(exp(-abs($0))) }
        expect(applied(.logistic, Self.numbers), within: 1.2e-7) { 1 / (1 + exp(-$0)) }
        expect(applied(.swish(alpha: 0.7), Self.numbers), within: 1e-6) { $0 / (1 + exp(-0.7 * $0)) }
        expect(applied(.gelu, Self.numbers), within: 1e-6) { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }
        let factor = (2 / Double.pi).squareRoot()
        expect(applied(.approximateGelu, Self.numbers), within: 1e-6) {
            0.5 * $0 * (1 + tanh(factor * ($0 + 0.044715 * $0 * $0 * $0)))
        }
        expect(applied(.mish, Self.numbers), within: 1e-6) { $0 * tanh(max($0, 0) + log1p(exp(-abs($0)))) }
    }

    @Test
    func exponentialsLessOneKeepTheirDigitsNearZero() {
        expect(applied(.exponentialLinear(alpha: 1), Self.numbers)) { $0 < 0 ? expm1($0) : $0 }
        expect(applied(.exponentialLinear(alpha: 2, divisor: 4, scale: 3), Self.numbers)) {
            3 * ($0 < 0 ? 2 * expm1($0 / 4) : $0)
        }
        #expect(applied(.exponentialLinear(alpha: 1), [-1e-8, -1e-30, -0.0]) == [-1e-8, -1e-30, 0])
    }

    @Test
    func theLogarithmIsThatOfTheCLibrary() {
        let numbers = Self.numbers.map { abs($0) } + [.leastNonzeroMagnitude, 1e-40, 1, 0.999_999_9, 3e38]
        for (number, found) in zip(numbers, applied(.logarithm, numbers)) {
            let exact = Float(log(Double(number)))
            #expect(found == exact || abs(found - exact) <= 4e-7 * abs(exact), "of \(number): \(found), not \(exact)")
        }
    }

    @Test
    func oddNumbersKeepTheirMeaning() {
        let odd: [Float] = [.nan, .infinity, -.infinity]
        let powers = applied(.exponential, odd)
        #expect(powers[0].isNaN && powers[1] == .infinity && powers[2] == 0)
        let shares = applied(.sigmoid, odd)
        #expect(shares[0].isNaN && shares[1] == 1 && shares[2] == 0)
        let tangents = applied(.hyperbolicTangent, odd)
        #expect(tangents[0].isNaN && tangents[1] == 1 && tangents[2] == -1)
        let logarithms = applied(.logarithm, odd + [-1, -0.0])
        #expect(logarithms[0].isNaN && logarithms[1] == .infinity && logarithms[2].isNaN && logarithms[3].isNaN)
        #expect(logarithms[4] == -.infinity)
        let errors = applied(.errorFunction, odd)
        #expect(errors[0].isNaN && errors[1] == 1 && errors[2] == -1)
    }

    @Test
    func aNumberGetsTheSameBitsWhereverItStands() {
        let all = applied(.hyperbolicTangent, Self.numbers)
        for (number, found) in zip(Self.numbers, all) {
            #expect(applied(.hyperbolicTangent, [number])[0].bitPattern == found.bitPattern)
        }
        let errors = applied(.errorFunction, Self.numbers)
        for (number, found) in zip(Self.numbers, errors) {
            #expect(applied(.errorFunction, [number])[0].bitPattern == found.bitPattern)
        }
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
