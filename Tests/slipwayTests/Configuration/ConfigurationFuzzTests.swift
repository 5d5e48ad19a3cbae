import SlipwayData
import Testing

@testable import slipway

struct ConfigurationFuzzTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func mutatedFilesAreReadOrRefusedButNeverTrap(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let originals = try ["design.yaml", "mistakes.yaml"].map { Array(try Golden.text($0).utf8) }
        var refusedCount = 0
        for _ in 0..<1_500 {
            var bytes = originals[Int.random(in: 0..<originals.count, using: &random)]
            for _ in 0..<Int.random(in: 1...8, using: &random) { mutate(&bytes, using: &random) }
            if !ConfigurationText.problems(bytes).isEmpty { refusedCount += 1 }
        }
        #expect(refusedCount > 0)
    }

    private func mutate(_ bytes: inout [UInt8], using random: inout SplitMix64) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        case 2: bytes.removeSubrange(index..<min(bytes.count, index + 40))
        case 3: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 60)], at: index)
        case 4: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &random))
        default:
            let mark = Self.marks[Int.random(in: 0..<Self.marks.count, using: &random)]
            bytes.insert(contentsOf: mark.utf8, at: index)
        }
    }

    private static let marks = [
        "{", "}", "[", "]", ":", "- ", "? ", "&a ", "*a", "!x ", "|\n", ">", "\"", "'", "\n", "\t", "#", "${",
    ]
}
