import Foundation
import SlipwayEngines
import SlipwayModel
import SlipwayRegistry
import Testing

struct PackageChecksParityTests {
    /// The native engine with every comparison of trees changed a little: a number at a threshold goes the other way.
    private struct StrictEngine: InferenceEngine {
        let name = "strict"

        func support(for graph: Graph) -> EngineSupport { NativeEngine().support(for: graph) }

        func load(_ graph: Graph) throws(ModelError) -> any Predictor {
            var changed = graph
            for index in changed.nodes.indices {
                guard case .strings(let modes)? = changed.nodes[index].attributes["nodes_modes"] else { continue }
                changed.nodes[index].attributes["nodes_modes"] = .strings(
                    modes.map { $0 == "BRANCH_LEQ" ? "BRANCH_LT" : $0 })
            }
            return try NativeEngine().load(changed)
        }
    }

    private let bench: Workbench

    init() throws { bench = try Workbench() }

    private func parity(_ fixture: Workbench.Fixture, engines: [any InferenceEngine]) throws -> CheckResult {
        let registry = bench.registry(engines: engines)
        let pushed = try registry.push(Workbench.submission(fixture, examples: Workbench.rows()), by: "ada")
        return try #require(pushed.checks.first { $0.name == "parity" })
    }

    @Test func enginesThatPartAtABoundaryOnlyAreFound() throws {
        let check = try parity(.boosting, engines: [NativeEngine(), StrictEngine()])
        #expect(check.isFailed)
        let disagreement = try #require(check.parity?.disagreement)
        #expect(disagreement.engines == ["native", "strict"])
        let field = try #require(disagreement.field)
        #expect(disagreement.row.contains("'\(field)' = "))
        let node = try #require(disagreement.node)
        #expect(node.contains("TreeEnsemble"))
        #expect(check.reason.contains(node))
    }

    @Test func aModelAnswersTheSameInTwoEnginesAndRowByRow() throws {
        let check = try parity(.boosting, engines: [NativeEngine(), NativeEngine()])
        #expect(check.isPassed, "\(check.reason)")
        let report = try #require(check.parity)
        #expect(report.goldenRowCount == GoldenRows.rowCountMax)
        #expect(report.boundaryCount > 10)
        #expect(report.pairs.map(\.engines) == [["native", "native"], ["native", "native row by row"]])
        #expect(report.pairs.allSatisfy { $0.largestDifference == 0 })
    }

    @Test func aRefusalBesideAnAnswerIsADisagreement() throws {
        struct Refusing: InferenceEngine, Predictor {
            let name = "refusing"
            let engineName = "refusing"
            func support(for graph: Graph) -> EngineSupport { .supported }
            func load(_ graph: Graph) throws(ModelError) -> any Predictor { self }
            func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
                throw ModelError(.inferenceFailed, "not today")
            }
        }
        let fixture = Workbench.Fixture.logistic
        let model = try fixture.model()
        let trial = ParityTrial(
            graph: try ONNXModel(bytes: fixture.bytes()).graph(), signature: model.signature, golden: [],
            engines: [NativeEngine(), Refusing()])
        let disagreement = try #require(try trial.run().disagreement)
        #expect(disagreement.difference == .infinity)
        #expect(disagreement.answers.contains { $0.contains("not today") })
    }
}
