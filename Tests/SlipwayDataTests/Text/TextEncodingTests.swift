import Testing

@testable import SlipwayData

struct TextEncodingTests {
    @Test(arguments: [
        ("windows-1252", [0x80, 0xE9] as [UInt8], "€é"), ("ISO-8859-15", [0xA4], "€"),
        ("UTF-16LE", [0x61, 0, 0xAC, 0x20], "a€"),
        ("SHIFT_JIS", [0x93, 0xFA], "日"), ("windows-1252", [], ""),
    ])
    func bytesBecomeUTF8(_ encoding: String, _ bytes: [UInt8], _ text: String) throws {
        #expect(try String(decoding: TextEncoding.utf8(bytes, from: encoding), as: UTF8.self) == text)
    }

    @Test func bytesThatAnEncodingDoesNotHaveAreReplacedOneByOne() throws {
        let bytes = try TextEncoding.utf8([0x61, 0x81, 0x62, 0x81], from: "windows-1252")
        #expect(String(decoding: bytes, as: UTF8.self) == "a\u{FFFD}b\u{FFFD}")
        let half = try TextEncoding.utf8([0x61, 0x93], from: "SHIFT_JIS")
        #expect(String(decoding: half, as: UTF8.self) == "a\u{FFFD}")
    }

    @Test func aTextOfManyChunksIsWhole() throws {
        let bytes = [UInt8](repeating: 0xE9, count: 300_001)
        #expect(try TextEncoding.utf8(bytes, from: "ISO-8859-1") == bytes.flatMap { _ in [0xC3, 0xA9] as [UInt8] })
    }

    @Test(arguments: ["", "nothing", "UTF-8//IGNORE", "a\0b"]) func anUnknownEncodingIsRefused(_ name: String) {
        #expect(!TextEncoding.isKnown(name))
        #expect(throws: DataError.self) { try TextEncoding.utf8([0x61], from: name) }
    }
}
