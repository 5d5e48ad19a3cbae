import Foundation
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayEngines

/// The native engine on the translations of LightGBM models, against LightGBM's own predictions.
struct LightGBMTests {
    static let fixtures: [BoosterFixture] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
        let folder = root.appending(path: "../../../Fixtures/lightgbm").standardizedFileURL
        return (try? BoosterFixture.all(in: folder, extension: "txt")) ?? []
    }()

    @Test func theGridIsThere() {
        #expect(Self.fixtures.count >= 43)
        #expect(Self.fixtures.allSatisfy { !$0.raw.isEmpty })
    }

    @Test(arguments: fixtures)
    func sumsOfTreesAreThoseOfLightGBMToTheLastBit(_ fixture: BoosterFixture) throws {
        var graph = try ONNXModel(bytes: LightGBMModel(bytes: fixture.model).onnx()).graph()
        graph.outputs = [GraphValue(name: "raw_score", type: .tensor(.float64, shape: [nil, fixture.raw[0].count]))]
        let sums = try #require(fixture.outputs(of: graph, by: NativeEngine())["raw_score"]?.asDoubles)
        #expect(sums.map(\.bitPattern) == fixture.raw.flatMap(\.self).map(\.bitPattern))
    }

    @Test(arguments: fixtures)
    func answersAreThoseOfLightGBM(_ fixture: BoosterFixture) throws {
        let graph = try ONNXModel(bytes: LightGBMModel(bytes: fixture.model).onnx()).graph()
        let outputs = try fixture.outputs(of: graph, by: NativeEngine())
        guard let probabilities = outputs["probabilities"] else {
            #expect(BoosterFixture.largestDifference(outputs["prediction"], from: fixture.answers) <= 1e-15)
            return
        }
        let isBinary = fixture.answers[0].count == 1
        let expected = fixture.answers.map { isBinary ? [1 - $0[0], $0[0]] : $0 }
        #expect(BoosterFixture.largestDifference(probabilities, from: expected) <= 1e-15)
        let labels = expected.map { row in Int64(row.firstIndex(of: row.max() ?? 0) ?? -1) }
        #expect((outputs["label"] ?? outputs["label_2"])?.elements == .int64(labels))
    }

    @Test(arguments: fixtures)
    func aRowAloneGetsTheAnswerThatItGetsAmongOthers(_ fixture: BoosterFixture) throws {
        guard case .matrix(let matrix) = fixture.rows else { return }
        let graph = try ONNXModel(bytes: LightGBMModel(bytes: fixture.model).onnx()).graph()
        let predictor = try NativeEngine().load(graph)
        let together = try predictor.predict(["input": matrix])
        for row in stride(from: 0, to: matrix.rowCount, by: 7) {
            let alone = try predictor.predict(["input": matrix.rows(row..<row + 1)])
            #expect(alone.map(\.tensor) == together.map { $0.tensor.rows(row..<row + 1) })
        }
    }
}
