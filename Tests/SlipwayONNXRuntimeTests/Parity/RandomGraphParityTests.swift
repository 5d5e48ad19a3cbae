import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayONNXRuntime

/// The native engine and ONNX Runtime on models made by chance.
///
/// `SLIPWAY_LONG_SECONDS` lets each kind of model go on for so long with seeds from the clock; a failure names its seed,
/// and `SLIPWAY_SEED` repeats it.
struct RandomGraphParityTests {
    /// The models per kind in a short run.
    private static let modelCount = 25
    private static let rowCount = 12

    private static let environment = ProcessInfo.processInfo.environment

    @Test(.enabled(if: ONNXRuntimeEngineTests.library.isAvailable), arguments: RandomGraph.Kind.allCases)
    func enginesAgreeOnModelsMadeByChance(_ kind: RandomGraph.Kind) throws {
        if let seed = Self.environment["SLIPWAY_SEED"].flatMap(UInt64.init) { return try check(kind, seed: seed) }
        guard let seconds = Self.environment["SLIPWAY_LONG_SECONDS"].flatMap(Double.init) else {
            for seed in 0..<UInt64(Self.modelCount) { try check(kind, seed: seed) }
            return
        }
        let start = Date()
        var seed = UInt64(start.timeIntervalSince1970 * 1000) << 20
        print("\(kind): models from seed \(seed)")
        while Date().timeIntervalSince(start) < seconds {
            try check(kind, seed: seed)
            seed += 1
        }
    }

    /// The proof that the comparison above finds an engine that is wrong in some answers.
    @Test(arguments: RandomGraph.Kind.allCases, 0..<UInt64(5))
    func anEngineThatErrsInSomeRowsIsFound(_ kind: RandomGraph.Kind, seed: UInt64) throws {
        let graph = try ONNXModel(bytes: RandomGraph.bytes(kind, seed: seed)).graph()
        let report = try Self.report(on: graph, seed: seed, engines: [NativeEngine(), NudgedEngine()])
        #expect(report.disagreement?.engines.contains(NudgedEngine.name) == true, "\(report.sentence)")
    }

    private static func report(
        on graph: Graph, seed: UInt64, engines: [any InferenceEngine]
    ) throws -> ParityReport {
        let signature = try Signature(deriving: graph)
        return try ParityTrial(
            graph: graph, signature: signature, golden: rows(signature, seed: seed), engines: engines
        ).run()
    }

    private func check(_ kind: RandomGraph.Kind, seed: UInt64) throws {
        let graph = try ONNXModel(bytes: RandomGraph.bytes(kind, seed: seed)).graph()
        let engines: [any InferenceEngine] = [
            NativeEngine(), ONNXRuntimeEngine(library: ONNXRuntimeEngineTests.library),
        ]
        let report = try Self.report(on: graph, seed: seed, engines: engines)
        let operators = graph.nodes.map(\.operatorName).joined(separator: " ")
        #expect(
            report.disagreement == nil,
            "SLIPWAY_SEED=\(seed), \(kind), nodes \(operators): \(report.sentence)")
        #expect(report.pairs.count == 2)
    }

    private static func rows(_ signature: Signature, seed: UInt64) -> [[Value]] {
        var random = RandomGraph(generator: SeededGenerator(seed: ~seed))
        return (0..<rowCount).map { _ in
            signature.inputs.map { field in
                field.type == .string ? .string(random.pick(["a", "b", "c", ""])) : .number(Double(random.number()))
            }
        }
    }
}

/// The native engine, whose first rows of several are off by a thousandth.
private struct NudgedEngine: InferenceEngine {
    static let name = "nudged"

    private struct Nudged: Predictor {
        let base: any Predictor
        let engineName: String = NudgedEngine.name

        func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
            try base.predict(inputs).map { output in
                guard output.tensor.rowCount > 1, case .float32(var numbers) = output.tensor.elements else {
                    return output
                }
                for index in numbers.prefix(numbers.count / 2).indices {
                    numbers[index] += max(1, abs(numbers[index])) * 1e-3
                }
                var output = output
                output.tensor = Tensor(shape: output.tensor.shape, elements: .float32(numbers))
                return output
            }
        }
    }

    let name: String = NudgedEngine.name

    func support(for graph: Graph) -> EngineSupport { NativeEngine().support(for: graph) }

    func load(_ graph: Graph) throws(ModelError) -> any Predictor { Nudged(base: try NativeEngine().load(graph)) }
}
