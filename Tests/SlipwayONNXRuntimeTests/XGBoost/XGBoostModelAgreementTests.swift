import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayModel
@testable import SlipwayONNXRuntime

struct XGBoostModelAgreementTests {
    static let fixtures: [XGBoostFixture] = {
        let tests = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? XGBoostFixture.all(in: tests.appendingPathComponent("Fixtures/xgboost"))) ?? []
    }()

    let engine = ONNXRuntimeEngine(library: ONNXRuntimeEngineTests.library)

    @Test(.enabled(if: ONNXRuntimeEngineTests.library.isAvailable), arguments: fixtures)
    func onnxRuntimePredictsWhatXGBoostPredicts(_ fixture: XGBoostFixture) throws {
        let graph = try ONNXModel(bytes: XGBoostModel(bytes: fixture.model).onnx()).graph()
        let found = try engine.load(graph).predict(fixture.tensors(for: graph))
        #expect(fixture.difference(ofPredictions: found, tolerance: 1e-6) == nil)
    }

    @Test(.enabled(if: ONNXRuntimeEngineTests.library.isAvailable), arguments: fixtures)
    func onnxRuntimeSumsWhatXGBoostSums(_ fixture: XGBoostFixture) throws {
        var model = try XGBoostModel(bytes: fixture.model)
        model.baseScores = model.baseScores.map(model.objective.margin)
        model.objective = try #require(XGBoostObjective(name: "reg:squarederror"))
        let graph = try ONNXModel(bytes: model.onnx()).graph()
        let found = try engine.load(graph).predict(fixture.tensors(for: graph))
        // It sums the products of a linear model in an order of its own.
        let tolerance: Float = if case .linear = model.booster { 1e-6 } else { 0 }
        #expect(fixture.difference(ofSums: found, tolerance: tolerance) == nil)
    }
}
