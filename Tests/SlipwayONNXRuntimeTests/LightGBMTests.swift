import Foundation
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayONNXRuntime

/// ONNX Runtime on the translations of LightGBM models, against LightGBM's own predictions.
struct LightGBMTests {
    static let fixtures: [BoosterFixture] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
        let folder = root.appending(path: "../Fixtures/lightgbm").standardizedFileURL
        return (try? BoosterFixture.all(in: folder, extension: "txt")) ?? []
    }()

    @Test(.enabled(if: ONNXRuntimeEngineTests.library.isAvailable), arguments: fixtures)
    func onnxRuntimeAnswersAsLightGBMDoes(_ fixture: BoosterFixture) throws {
        let graph = try ONNXModel(bytes: LightGBMModel(bytes: fixture.model).onnx()).graph()
        let outputs = try fixture.outputs(of: graph, by: ONNXRuntimeEngine(library: ONNXRuntimeEngineTests.library))
        if let probabilities = outputs["probabilities"], fixture.answers[0].count == 1 {
            let both = fixture.answers.map { [1 - $0[0], $0[0]] }
            #expect(BoosterFixture.largestDifference(probabilities, from: both) <= 1e-15)
        } else {
            let answer = outputs["prediction"] ?? outputs["probabilities"]
            #expect(BoosterFixture.largestDifference(answer, from: fixture.answers) <= 1e-15)
        }
    }
}
