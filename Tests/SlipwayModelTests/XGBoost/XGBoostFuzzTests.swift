import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayModel

struct XGBoostFuzzTests {
    private static let rounds = 500

    private static func bytes(_ file: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: XGBoostModelTests.fixtures.appendingPathComponent(file)))
    }

    /// Whether the bytes are refused; a model that is read must also be written, and be a sound graph then.
    private func isRefused(_ bytes: [UInt8]) -> Bool {
        do throws(ModelError) {
            _ = try ONNXModel(bytes: try XGBoostModel(bytes: Data(bytes)).onnx())
            return false
        } catch {
            #expect(!error.message.isEmpty)
            #expect([.malformedModel, .limitExceeded, .unsupportedModel].contains(error.kind))
            return true
        }
    }

    @Test(arguments: [
        "no-rounds/model.ubj", "leaves-only/model.json", "frame-texts/model.json", "frame-texts/model.ubj",
        "linear/model.json", "vectors-softprob/model.json", "dart-softprob/model.ubj", "codes-partition/model.ubj",
    ])
    func aMutatedModelIsReadOrRefusedButNeverTraps(file: String) throws {
        let original = try Self.bytes(file)
        var generator = SeededGenerator(seed: 20_260_121)
        var refused = 0
        for _ in 0..<Self.rounds {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) { mutate(&bytes, using: &generator) }
            if isRefused(bytes) { refused += 1 }
        }
        #expect(refused > Self.rounds / 4)
    }

    @Test(arguments: ["linear/model.json", "linear/model.ubj"])
    func aModelCutOffAnywhereIsRefused(file: String) throws {
        var original = try Self.bytes(file)
        while original.last == UInt8(ascii: "\n") { original.removeLast() }
        for count in original.indices { #expect(isRefused(Array(original.prefix(count))), "\(count) bytes") }
        #expect(!isRefused(original))
    }

    private func mutate(_ bytes: inout [UInt8], using generator: inout SeededGenerator) {
        guard let place = bytes.indices.randomElement(using: &generator) else { return }
        let end = min(bytes.count, place + Int.random(in: 1...12, using: &generator))
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.removeSubrange(place...)
        case 5: bytes[place] = "{}[]$#,:\"0123456789-.eE".utf8.randomElement(using: &generator) ?? 0
        case 6: bytes[place] = "ZNTFiUIlLdDHCS{[]}$#".utf8.randomElement(using: &generator) ?? 0
        default: bytes.replaceSubrange(place..<end, with: [UInt8](repeating: 0xFF, count: end - place))
        }
    }
}
