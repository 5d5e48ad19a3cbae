import SlipwayModel
import Testing

/// Hashes compared with those of the reference implementation.
struct HashKernelTests {
    @Test(
        arguments: [
            ("", 0, 0), ("", 1, 0x514E_28B7), ("test", 0, 0xBA6B_D213), ("Hello, world!", 0, 0xC036_3E43),
        ] as [(String, Int64, Int64)])
    func textsHashToTheKnownNumbers(text: String, seed: Int64, hash: Int64) throws {
        let node = SingleNode(
            operatorName: "MurmurHash3", domain: "com.microsoft", attributes: ["seed": .integer(seed)],
            opsets: ["com.microsoft": 1])
        #expect(try node.run(.texts([text])) == [.integers([hash])])
    }
}
