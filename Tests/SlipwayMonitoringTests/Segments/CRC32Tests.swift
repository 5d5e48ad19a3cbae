import Testing

@testable import SlipwayMonitoring

struct CRC32Tests {
    private struct Reference: Decodable {
        var text: String
        var crc32: UInt32
    }

    @Test func matchesZlib() throws {
        for reference in try Fixture.load("crc32.json", as: [Reference].self) {
            #expect(CRC32.checksum(Array(reference.text.utf8)) == reference.crc32, "of '\(reference.text.prefix(20))'")
        }
    }

    @Test func everyChangedBitIsNoticed() {
        let bytes = Array("0195533f {\"id\":1}".utf8)
        let whole = CRC32.checksum(bytes)
        for bit in 0..<bytes.count * 8 {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(CRC32.checksum(changed) != whole)
        }
    }
}
