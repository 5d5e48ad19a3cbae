import Foundation
import Testing

@testable import SlipwayEngines

struct VectorMathTests {
    private static let numbers: [Float] = {
        let steps = (-4_400...4_400).map { Float($0) / 40 }
        return steps + [0, -0.0, 1e-30, -1e-30, 1e-6, 0.624_999, 0.625, 88.7, 88.8, -87.4, -103, -150, 1e30, -1e30]
    }()

    private func applied(_ function: (VectorMath.Eight) -> VectorMath.Eight, _ numbers: [Float]) -> [Float] {
        var numbers = numbers
        numbers.withUnsafeMutableBufferPointer { VectorMath.apply(function, to: $0) }
        return numbers
    }

    private func expect(_ found: [Float], _ expected: (Double) -> Double) {
        for (number, found) in zip(Self.numbers, found) {
            let exact = Float(expected(Double(number)))
            let isClose = found == exact || abs(found - exact) <= 4e-7 * abs(exact) + .leastNormalMagnitude
            #expect(isClose, "of \(number): \(found) instead of \(exact)")
        }
    }

    @Test
    func theFunctionsAreThoseOfTheCLibrary() {
        expect(applied(VectorMath.exponential, Self.numbers)) { exp($0) }
        expect(applied(VectorMath.sigmoid, Self.numbers)) { 1 / (1 + exp(-$0)) }
        expect(applied(VectorMath.hyperbolicTangent, Self.numbers)) { tanh($0) }
        expect(applied(VectorMath.errorFunction, Self.numbers)) { erf($0) }
    }

    @Test
    func theLogarithmIsThatOfTheCLibrary() {
        let numbers = Self.numbers.map { abs($0) } + [.leastNonzeroMagnitude, 1e-40, 1, 0.999_999_9, 3e38]
        for (number, found) in zip(numbers, applied(VectorMath.logarithm, numbers)) {
            let exact = Float(log(Double(number)))
            #expect(found == exact || abs(found - exact) <= 4e-7 * abs(exact), "of \(number): \(found), not \(exact)")
        }
    }

    @Test
    func oddNumbersKeepTheirMeaning() {
        let odd: [Float] = [.nan, .infinity, -.infinity]
        let powers = applied(VectorMath.exponential, odd)
        #expect(powers[0].isNaN && powers[1] == .infinity && powers[2] == 0)
        let shares = applied(VectorMath.sigmoid, odd)
        #expect(shares[0].isNaN && shares[1] == 1 && shares[2] == 0)
        let tangents = applied(VectorMath.hyperbolicTangent, odd)
        #expect(tangents[0].isNaN && tangents[1] == 1 && tangents[2] == -1)
        let logarithms = applied(VectorMath.logarithm, odd + [-1, -0.0])
        #expect(logarithms[0].isNaN && logarithms[1] == .infinity && logarithms[2].isNaN && logarithms[3].isNaN)
        #expect(logarithms[4] == -.infinity)
        let errors = applied(VectorMath.errorFunction, odd)
        #expect(errors[0].isNaN && errors[1] == 1 && errors[2] == -1)
    }

    @Test
    func aNumberGetsTheSameBitsWhereverItStands() {
        let all = applied(VectorMath.hyperbolicTangent, Self.numbers)
        for (number, found) in zip(Self.numbers, all) {
            #expect(applied(VectorMath.hyperbolicTangent, [number])[0].bitPattern == found.bitPattern)
        }
        let errors = applied(VectorMath.errorFunction, Self.numbers)
        for (number, found) in zip(Self.numbers, errors) {
            #expect(applied(VectorMath.errorFunction, [number])[0].bitPattern == found.bitPattern)
        }
    }
}
