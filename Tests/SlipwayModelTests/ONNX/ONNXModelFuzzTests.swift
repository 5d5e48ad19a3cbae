import Foundation
import SlipwayData
import Testing

@testable import SlipwayModel

struct ONNXModelFuzzTests {
    /// Rounds per model; with three models that is 15,000 mutants.
    private static let rounds = 5000

    @Test(arguments: ["pipeline.onnx", "branches.onnx", "constants.onnx"])
    func aMutatedModelIsReadOrRefusedButNeverTraps(file: String) throws {
        let original = [UInt8](try Data(contentsOf: fixtures.appendingPathComponent(file)))
        var generator = SplitMix64(seed: 20_240_607)
        var refused = 0
        for _ in 0..<Self.rounds {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, using: &generator) }
            do throws(ModelError) {
                let graph = try ONNXModel(bytes: Data(bytes)).graph()
                // What engines compute from a sound graph must be computable.
                _ = graph.inputs.map(\.width)
                _ = graph.initializers.values.map(\.width)
            } catch {
                refused += 1
                #expect(!error.message.isEmpty)
            }
        }
        #expect(refused > Self.rounds / 4)
    }

    private func mutate(_ bytes: inout [UInt8], using generator: inout SplitMix64) {
        guard let place = bytes.indices.randomElement(using: &generator) else { return }
        let end = min(bytes.count, place + Int.random(in: 1...16, using: &generator))
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.removeSubrange(place...)
        default: bytes.replaceSubrange(place..<end, with: [UInt8](repeating: 0xFF, count: end - place))
        }
    }
}
