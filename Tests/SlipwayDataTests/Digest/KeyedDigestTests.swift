import SlipwayData
import Testing

struct KeyedDigestTests {
    /// Test case 6 of RFC 4231, whose key is longer than a block, so that it is hashed first.
    @Test func agreesWithThePublishedTestVector() throws {
        let digest = try KeyedDigest(key: Array(repeating: 0xAA, count: 131))
        let code = digest(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
        #expect(
            code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test func aShortKeyIsRefused() {
        #expect(throws: DataError.self) { try KeyedDigest(key: Array(repeating: 1, count: 31)) }
    }

    @Test func anotherKeyGivesAnotherDigest() throws {
        let (one, other) = (KeyedDigest.randomKey(), KeyedDigest.randomKey())
        #expect(try KeyedDigest(key: one)([1, 2, 3]) != KeyedDigest(key: other)([1, 2, 3]))
    }
}
