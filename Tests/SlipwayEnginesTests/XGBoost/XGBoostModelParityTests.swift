import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayEngines
@testable import SlipwayModel

struct XGBoostModelParityTests {
    static let fixtures: [XGBoostFixture] = {
        let tests = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return (try? XGBoostFixture.all(in: tests.appendingPathComponent("Fixtures/xgboost"))) ?? []
    }()

    private func predictor(_ fixture: XGBoostFixture, sums: Bool) throws -> (Graph, any Predictor, XGBoostModel) {
        var model = try XGBoostModel(bytes: fixture.model)
        if sums {
            model.baseScores = model.baseScores.map(model.objective.margin)
            model.objective = try #require(XGBoostObjective(name: "reg:squarederror"))
        }
        let graph = try ONNXModel(bytes: model.onnx()).graph()
        let engine = NativeEngine()
        try #require(engine.support(for: graph) == .supported)
        return (graph, try engine.load(graph), model)
    }

    @Test func everyCaseIsThere() { #expect(Self.fixtures.count >= 59) }

    @Test(arguments: fixtures)
    func sumsAreThoseOfXGBoostToTheLastBit(_ fixture: XGBoostFixture) throws {
        let (graph, predictor, model) = try predictor(fixture, sums: true)
        let found = try predictor.predict(fixture.tensors(for: graph))
        // A product of matrices may round in another order than XGBoost's loop over the features of a linear model.
        let tolerance: Float = if case .linear = model.booster { 1e-6 } else { 0 }
        #expect(fixture.difference(ofSums: found, tolerance: tolerance) == nil)
    }

    @Test(arguments: fixtures)
    func predictionsAreThoseOfXGBoost(_ fixture: XGBoostFixture) throws {
        let (graph, predictor, _) = try predictor(fixture, sums: false)
        let found = try predictor.predict(fixture.tensors(for: graph))
        #expect(fixture.difference(ofPredictions: found, tolerance: 1e-6) == nil)
    }

    @Test(arguments: ["frame-texts", "frame-numbers"])
    func anUnknownCategoryCountsAsMissing(name: String) throws {
        let fixture = try #require(Self.fixtures.first { $0.name == name })
        let (graph, predictor, _) = try predictor(fixture, sums: true)
        var inputs = fixture.tensors(for: graph)
        let count = fixture.rows.count
        let (unknown, missing): (Tensor.Elements, Tensor.Elements) =
            name == "frame-texts"
            ? (.string(Array(repeating: "purple", count: count)), .string(Array(repeating: "", count: count)))
            : (.float32(Array(repeating: 11, count: count)), .float32(Array(repeating: .nan, count: count)))
        inputs["colour"] = Tensor(shape: [count, 1], elements: unknown)
        let first = try predictor.predict(inputs)
        inputs["colour"] = Tensor(shape: [count, 1], elements: missing)
        #expect(try predictor.predict(inputs) == first)
    }
}
