import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayONNXRuntime
import SlipwayServingTesting
import Synchronization
import Testing

@testable import SlipwayServing

@Suite struct ServedPredictorTests {
    /// The engines whose calls are held and counted: a double that any machine has, and the real thing where it is.
    private static let engines: [any InferenceEngine] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
        let installed = root.appending(path: "\(Library.searchedFolder)/libonnxruntime.so").path()
        let library =
            FileManager.default.fileExists(atPath: installed)
            ? Library(environment: [Library.environmentVariable: installed]) : .shared
        return [NativeEngine()] + (library.isAvailable ? [ONNXRuntimeEngine(library: library)] : [])
    }()

    /// A loaded model that says another engine's name, waits where it is told to, and remembers how many rows each call
    /// had.
    private final class Counting: Predictor {
        let base: any Predictor
        let rowCounts = Mutex<[Int]>([])
        let isHeld = Mutex(false)
        let engineName = "onnxruntime"

        init(_ base: any Predictor) { self.base = base }

        func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
            let rowCount = inputs.values.first?.rowCount ?? 0
            rowCounts.withLock { $0.append(rowCount) }
            while isHeld.withLock({ $0 }) { usleep(500) }
            // Together with others, or alone, this row cannot be predicted.
            if inputs["X"]?.asDoubles?.contains(-1) == true { throw ModelError(.inferenceFailed, "there is a -1") }
            return try base.predict(inputs)
        }
    }

    private static func counted(_ engine: any InferenceEngine) throws -> (model: Model, counting: Counting) {
        let graph = try ONNXModel(bytes: Fixtures.model("tree-classifier")).graph()
        let counting = Counting(try engine.load(graph))
        return (Model(signature: try Signature(deriving: graph), graph: graph, predictor: counting), counting)
    }

    private static func rows(_ count: Int, from first: Int) -> [[Value]] {
        (first..<first + count).map { row in (0..<4).map { .number(Double((row * (3 + $0)) % 7)) } }
    }

    @Test(.timeLimit(.minutes(10)), arguments: engines)
    func rowsOfManyCallersArePredictedTogetherAndEachGetsItsOwnAnswers(_ engine: any InferenceEngine) async throws {
        let (model, counting) = try Self.counted(engine)
        let pool = WorkPool(name: "tests", threadCount: 1, waitingCountMax: 1_000)
        let pace = PredictionPace(one: 0.003, many: 0.0031)
        let predictor = ServedPredictor(model, name: "tests", pace: pace, waitingCountMax: 1_000)
        #expect(predictor.batching.isOn)
        counting.isHeld.withLock { $0 = true }
        try await withThrowingTaskGroup(of: (Int, PredictionBatch).self) { tasks in
            for caller in 0..<60 {
                tasks.addTask {
                    let rows = Self.rows(1 + caller % 3, from: caller)
                    return (caller, try await predictor.predict(rows, until: nil, on: pool, slowSeconds: 1))
                }
                // The first finds nobody before it; the others come while it is predicted.
                while counting.rowCounts.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
            }
            while predictor.waitingCount < 59 { try await Task.sleep(for: .milliseconds(1)) }
            counting.isHeld.withLock { $0 = false }
            let graph = try ONNXModel(bytes: Fixtures.model("tree-classifier")).graph()
            let reference = Model(signature: model.signature, graph: graph, predictor: try engine.load(graph))
            for try await (caller, batch) in tasks {
                let expected = try reference.predict(rows: Self.rows(1 + caller % 3, from: caller))
                #expect(batch == expected)
            }
        }
        #expect(counting.rowCounts.withLock { $0 } == [1, 119])
    }

    @Test(.timeLimit(.minutes(10)), arguments: engines)
    func aRowThatFailsFailsNoOther(_ engine: any InferenceEngine) async throws {
        let (model, _) = try Self.counted(engine)
        let pool = WorkPool(name: "tests", threadCount: 1, waitingCountMax: 1_000)
        let pace = PredictionPace(one: 0.003, many: 0.0031)
        let predictor = ServedPredictor(model, name: "tests", pace: pace, waitingCountMax: 1_000)
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { tasks in
            for caller in 0..<30 {
                tasks.addTask {
                    let bad: [[Value]] = [[.number(-1), .number(0), .number(0), .number(0)]]
                    let rows = caller % 5 == 0 ? bad : Self.rows(1, from: caller)
                    let batch = try? await predictor.predict(rows, until: nil, on: pool, slowSeconds: 1)
                    return (caller, batch?.rowCount == 1)
                }
            }
            return await tasks.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
        }
        #expect(outcomes.allSatisfy { $0.value == ($0.key % 5 != 0) })
    }
}
