import SlipwayEngines
import SlipwayModel
import SlipwayTesting
import Synchronization
import Testing

/// The suite of claims against engines that are known to be wrong.
struct EngineConformanceTests {
    @Test func everyClaimSeesAFaultAndEveryFaultIsSeen() async throws {
        let fixture = try #require(EngineFixture.committed.first { $0.name == "logistic-binary-labels" })
        let spots = try await ConformanceClaim.blindSpots(of: EngineConformance.claims) { (fault: FaultyEngine.Fault) in
            try EngineTrial(engine: FaultyEngine(fault: fault), fixture: fixture)
        }
        #expect(spots == [])
    }

    @Test func anEngineWithoutFaultsBreaksNone() async throws {
        let fixture = try #require(EngineFixture.committed.first { $0.name == "logistic-binary-labels" })
        let trial = try EngineTrial(engine: FaultyEngine(fault: nil), fixture: fixture)
        for claim in EngineConformance.claims { try await claim.check(trial) }
    }
}

/// The native engine with one thing wrong.
struct FaultyEngine: InferenceEngine {
    /// What is wrong, in words of the claim that it breaks.
    enum Fault: String, CaseIterable {
        case shiftedNumbers = "those of the reference"
        case rowsSeeTheirNeighbours = "a row alone"
        case noRowsGetOne = "no rows"
        case everyCallDiffers = "calls at the same time"
        case absentInputsAreZero = "a missing input"
        case textIsZero = "text for numbers"
        case wideRowsAreCut = "a row wider"
    }

    let fault: Fault?
    let name = "faulty"

    func support(for graph: Graph) -> EngineSupport { NativeEngine().support(for: graph) }

    func load(_ graph: Graph) throws(ModelError) -> any Predictor {
        FaultyPredictor(fault: fault, inputs: graph.inputs, base: try NativeEngine().load(graph))
    }
}

private final class FaultyPredictor: Predictor {
    let engineName = "faulty"
    private let fault: FaultyEngine.Fault?
    private let inputs: [GraphValue]
    private let base: any Predictor
    private let callCount = Mutex(0)

    init(fault: FaultyEngine.Fault?, inputs: [GraphValue], base: any Predictor) {
        self.fault = fault
        self.inputs = inputs
        self.base = base
    }

    func predict(_ given: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
        let rowCount = given.values.first?.rowCount ?? 0
        let outputs = try base.predict(fault == nil ? given : adapted(given, rowCount: rowCount))
        switch fault {
        case .shiftedNumbers: return outputs.shifted(by: 1)
        case .rowsSeeTheirNeighbours: return outputs.shifted(by: rowCount == 1 ? 1 : 0)
        case .everyCallDiffers:
            return outputs.shifted(
                by: Float(
                    callCount.withLock {
                        $0 += 1; return $0
                    }))
        default: return outputs
        }
    }

    /// The inputs as an engine reads them that does not check them.
    private func adapted(_ given: [String: Tensor], rowCount: Int) -> [String: Tensor] {
        var adapted = given
        for input in inputs {
            let width = input.width ?? 1
            func zeros(_ rows: Int) -> Tensor {
                Tensor(shape: [rows, width], elements: .float32([Float](repeating: 0, count: rows * width)))
            }
            switch (fault, given[input.name]) {
            case (.absentInputsAreZero, nil): adapted[input.name] = zeros(1)
            case (.textIsZero, let tensor?) where tensor.elementType == .string:
                adapted[input.name] = zeros(tensor.rowCount)
            case (.wideRowsAreCut, let tensor?) where tensor.width > width: adapted[input.name] = zeros(tensor.rowCount)
            case (.noRowsGetOne, let tensor?) where tensor.rowCount == 0: adapted[input.name] = zeros(1)
            default: break
            }
        }
        return adapted
    }
}

extension [PredictorOutput] {
    fileprivate func shifted(by amount: Float) -> [PredictorOutput] {
        map { output in
            guard case .float32(let numbers) = output.tensor.elements else { return output }
            var output = output
            output.tensor = Tensor(shape: output.tensor.shape, elements: .float32(numbers.map { $0 + amount }))
            return output
        }
    }
}
