import Foundation
import SlipwayModel
import Testing

@testable import SlipwayEngines

struct VectorSumsTests {
    private static let kernels: [String: [Float]] = [
        "LINEAR": [0, 0, 0], "POLY": [0.5, 1, 3], "RBF": [0.25, 0, 0], "SIGMOID": [0.125, 0.5, 0],
    ]

    private func function(_ name: String, degree: Float? = nil) throws -> VectorKernelFunction {
        var parameters = try #require(Self.kernels[name])
        if let degree { parameters[2] = degree }
        let attributes: [String: Attribute] = ["kernel_type": .string(name), "kernel_params": .floats(parameters)]
        return try VectorKernelFunction(
            NodeContext(
                node: Node(
                    name: "", operatorName: "SVMRegressor", domain: "ai.onnx.ml", inputs: [], outputs: [],
                    attributes: attributes),
                opset: 1))
    }

    private func numbers(_ count: Int, seed: Float) -> [Float] {
        (0..<count).map { sin(Float($0) * 1.7 + seed) * 2 }
    }

    /// Sums of three vectors of two classes, two sums each.
    private func sums(_ function: VectorKernelFunction, width: Int) throws -> VectorSums {
        try VectorSums(
            SupportVectors(numbers(11 * width, seed: 1), count: 11, kernel: function), weights: numbers(22, seed: 2),
            starts: [0.5, -0.25], sums: 2, counts: [3, 0, 8])
    }

    private func all(_ sums: VectorSums, _ values: [Float], rows: Int) -> [[Double]] {
        var found: [[Double]] = []
        sums.add(values, rows: rows) { block in
            #expect(block.first == found.count)
            for row in 0..<block.rows { found.append((0..<6).map { block[row, $0] }) }
        }
        return found
    }

    @Test(arguments: ["LINEAR", "POLY", "RBF", "SIGMOID"])
    func aRowGetsTheBitsThatItGetsAlone(_ kernel: String) throws {
        for degree in kernel == "POLY" ? [2, 3, 4] as [Float] : [0] {
            for width in [1, 4, 9] {
                let sums = try sums(function(kernel, degree: degree), width: width)
                let values = numbers(301 * width, seed: 3)
                let together = all(sums, values, rows: 301)
                #expect(together.count == 301)
                for row in 0..<301 {
                    #expect(all(sums, Array(values[row * width..<(row + 1) * width]), rows: 1) == [together[row]])
                }
            }
        }
    }

    @Test
    func sumsAreThoseOfTheFormula() throws {
        let vectors = numbers(11 * 4, seed: 1).map { Double($0) }
        let weights = numbers(22, seed: 2).map { Double($0) }
        let values = numbers(40 * 4, seed: 3)
        let found = all(try sums(function("RBF"), width: 4), values, rows: 40)
        for row in 0..<40 {
            let kernels = (0..<11).map { vector in
                exp(
                    -0.25 * (0..<4).reduce(0.0) { $0 + pow(Double(values[row * 4 + $1]) - vectors[vector * 4 + $1], 2) }
                )
            }
            for (group, range) in [0..<3, 3..<3, 3..<11].enumerated() {
                for sum in 0..<2 {
                    let expected = range.reduce([0.5, -0.25][sum]) { $0 + weights[sum * 11 + $1] * kernels[$1] }
                    #expect(abs(found[row][group * 2 + sum] - expected) < 1e-5)
                }
            }
        }
    }

    @Test
    func kernelsAreThoseOfTheCLibraryRoundedOnce() throws {
        let numbers = (-2_000..<2_000).map { Double($0) / 23 }
        var result = [Float](repeating: 0, count: numbers.count)
        try function("RBF").apply(to: numbers, count: numbers.count, into: &result)
        #expect(zip(numbers, result).allSatisfy { abs($1 - Float(exp(-0.25 * $0))) <= $1.ulp })
        try function("SIGMOID").apply(to: numbers, count: numbers.count, into: &result)
        #expect(zip(numbers, result).allSatisfy { abs($1 - Float(tanh(0.125 * $0 + 0.5))) <= $1.ulp })
        try function("POLY").apply(to: numbers, count: numbers.count, into: &result)
        #expect(zip(numbers, result).allSatisfy { abs($1 - Float(pow(0.5 * $0 + 1, 3))) <= $1.ulp })
    }

    @Test
    func kernelsOfOddNumbersAreWhatTheFormulasGive() throws {
        let odd = [Double.nan, .infinity, -.infinity, 0, -1e300, 1e300, 0, 0]
        var result = [Float](repeating: 5, count: odd.count)
        try function("RBF").apply(to: odd, count: odd.count, into: &result)
        #expect(result[0].isNaN && Array(result[1...]) == [0, .infinity, 1, .infinity, 0, 1, 1])
        try function("POLY").apply(to: odd, count: odd.count, into: &result)
        #expect(result[0].isNaN && Array(result[1...]) == [.infinity, -.infinity, 1, -.infinity, .infinity, 1, 1])
    }
}
