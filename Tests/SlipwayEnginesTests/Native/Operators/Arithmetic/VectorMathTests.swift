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
    func farFromZeroNothingIsLeftOfAnExponential() {
        let far: [Float] = [-88.7, -89.2, -500, -1e30, 88.7, 500, 1e30]
        let shares = applied(.sigmoid, far)
        #expect(abs(shares[0] - Float(exp(-88.7))) < .leastNormalMagnitude / 1_000)
        #expect(shares[1...3].allSatisfy { $0 == 0 })
        #expect(shares[4...].allSatisfy { $0 == 1 })
        #expect(applied(.exponentialLinear(alpha: 1), far).prefix(4).allSatisfy { $0 == -1 })
        #expect(applied(.hyperbolicTangent, far) == [-1, -1, -1, -1, 1, 1, 1])
        #expect(applied(.softplus, far).suffix(3) == [88.7, 500, 1e30])
    }

    @Test
    func theLogarithmIsThatOfTheCLibrary() {
        let numbers =
            Self.numbers.map { abs($0) } + [.leastNonzeroMagnitude, .leastNormalMagnitude / 100, 1, 0.999_999_9, 3e38]
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
    func functionsOfDoublesAreThoseOfTheCLibrary() throws {
        let tiny = Double.leastNormalMagnitude / 64
        let numbers = (-4_000...4_000).map { Double($0) / 23 } + [tiny, -tiny, 1e300, 709.7, -744, 0.625, 1]
        let functions: [(VectorMath.Function, (Double) -> Double)] = [
            (.exponential, { exp($0) }), (.logarithm, { log($0) }), (.sigmoid, { 1 / (1 + exp(-$0)) }),
            (.hyperbolicTangent, { tanh($0) }), (.floor, { $0.rounded(.down) }), (.ceiling, { $0.rounded(.up) }),
            (.round, { $0.rounded(.toNearestOrEven) }),
        ]
        for (function, expected) in functions {
            let found = try #require(VectorMath.applied(function, to: numbers))
            for (number, found) in zip(numbers, found) {
                let exact = expected(number)
                let isClose = found == exact || found.isNaN && exact.isNaN || abs(found - exact) <= 4 * exact.ulp
                #expect(isClose, "of \(number): \(found) instead of \(exact)")
            }
        }
    }

    @Test
    func functionsOfDoublesKeepTheMeaningOfOddNumbers() throws {
        let odd = [Double.nan, .infinity, -.infinity, 0, -0.0, -1]
        func bits(_ function: VectorMath.Function) throws -> [UInt64] {
            try #require(VectorMath.applied(function, to: odd)).map { $0.isNaN ? 0 : $0.bitPattern }
        }
        func bits(_ numbers: [Double?]) -> [UInt64] { numbers.map { $0?.bitPattern ?? 0 } }
        #expect(try bits(.exponential).dropLast() == bits([nil, .infinity, 0, 1, 1])[...])
        #expect(try bits(.logarithm) == bits([nil, .infinity, nil, -.infinity, -.infinity, nil]))
        #expect(try bits(.sigmoid).dropLast() == bits([nil, 1, 0, 0.5, 0.5])[...])
        #expect(try bits(.hyperbolicTangent).dropLast() == bits([nil, 1, -1, 0, -0.0])[...])
        #expect(try bits(.round) == bits([nil, .infinity, -.infinity, 0, -0.0, -1]))
    }

    @Test
    func aDoubleGetsTheSameBitsWhereverItStands() throws {
        let numbers = (0..<41).map { Double($0) / 7 - 3 }
        let all = try #require(VectorMath.applied(.hyperbolicTangent, to: numbers))
        for (number, found) in zip(numbers, all) {
            #expect(VectorMath.applied(.hyperbolicTangent, to: [number]) == [found])
        }
    }
}
