import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayModel
@testable import SlipwayONNXRuntime

struct XGBoostModelAgreementTests {
    static let fixtures: [XGBoostFixture] = {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? XGBoostFixture.all(in: root.appendingPathComponent("Fixtures/xgboost"))) ?? []
    }()

    @Test(.enabled(if: ONNXRuntimeEngineTests.library.isAvailable), arguments: fixtures)
    func onnxRuntimeSumsWhatXGBoostSums(_ fixture: XGBoostFixture) throws {
        var model = try XGBoostModel(bytes: fixture.model)
        model.baseScores = model.baseScores.map(model.objective.margin)
        model.objective = try #require(XGBoostObjective(name: "reg:squarederror"))
        let graph = try ONNXModel(bytes: model.onnx()).graph()
        let engine = ONNXRuntimeEngine(library: ONNXRuntimeEngineTests.library)
        let found = try #require(engine.load(graph).predict(fixture.tensors(for: graph)).first)
        guard case .float32(let sums) = found.tensor.elements else { throw CancellationError() }
        let expected = fixture.margins.flatMap(\.self)
        try #require(sums.count == expected.count)
        var worst: Float = 0
        var unequal = 0
        for (sum, wanted) in zip(sums, expected) where sum.bitPattern != wanted.bitPattern {
            unequal += 1
            worst = max(worst, sum == wanted ? 0 : abs(sum - wanted) / max(abs(wanted), 1e-30))
        }
        print("ORT", fixture.name, "unequal", unequal, "of", sums.count, "worst", worst)
    }
}
