import Foundation
import Testing

@testable import SlipwayModel

struct UBJSONDocumentReaderTests {
    /// Bytes from a text of ASCII characters and numbers below 256 between brackets: `[` is written `(`.
    private func bytes(_ parts: Any...) -> [UInt8] {
        parts.flatMap { part -> [UInt8] in
            switch part {
            case let text as String: Array(text.utf8)
            case let number as Int: [UInt8(truncatingIfNeeded: number)]
            case let raw as [UInt8]: raw
            default: []
            }
        }
    }

    private func reading<Result>(
        _ bytes: [UInt8], _ body: (inout UBJSONDocumentReader) throws -> Result
    ) throws -> Result {
        try bytes.withUnsafeBytes { buffer in
            var reader = UBJSONDocumentReader(buffer, depthMax: 8)
            let result = try body(&reader)
            try reader.finish()
            return result
        }
    }

    private func message(_ bytes: [UInt8], _ body: (inout UBJSONDocumentReader) throws -> Void) -> String {
        do {
            try reading(bytes, body)
            return "no error"
        } catch {
            return (error as? ModelError)?.message ?? "another error"
        }
    }

    @Test func numbersOfEveryTypeAreRead() throws {
        let mixed = bytes("[", "i", 0xFE, "U", 0xFE, "I", 0x7F, 0xFF, "l", 0x80, 0, 0, 0, "L", 0, 0, 0, 0, 0, 0, 1, 0)
        #expect(try reading(mixed + bytes("]")) { try $0.integers() } == [-2, 254, 32_767, .min, 256])
        #expect(try reading(mixed + bytes("]")) { try $0.floats() } == [-2, 254, 32_767, -2_147_483_648, 256])
        let fractions = bytes("[", "d", 0x3F, 0x80, 0, 0, "N", "D", 0xC0, 0x04, 0, 0, 0, 0, 0, 0, "]")
        #expect(try reading(fractions) { try $0.floats() } == [1, -2.5])
    }

    @Test func arraysThatShareATypeAreRead() throws {
        let singles = bytes("[$d#", "L", 0, 0, 0, 0, 0, 0, 0, 2, 0x3F, 0x80, 0, 0, 0xBF, 0, 0, 0)
        #expect(try reading(singles) { try $0.floats() } == [1, -0.5])
        #expect(try reading(bytes("[$D#i", 1, 0x40, 0, 0, 0, 0, 0, 0, 0)) { try $0.floats() } == [2])
        #expect(try reading(bytes("[$l#i", 1, 0xFF, 0xFF, 0xFF, 0xFF)) { try $0.integers() } == [-1])
        #expect(try reading(bytes("[$U#i", 2, 200, 1)) { try $0.integers() } == [200, 1])
        #expect(try reading(bytes("[$i#i", 2, 200, 1)) { try $0.integers() } == [-56, 1])
        #expect(try reading(bytes("[$I#U", 1, 1, 0)) { try $0.integers() } == [256])
        #expect(try reading(bytes("[$L#i", 1, 0, 0, 0, 0, 0, 0, 0, 9)) { try $0.integers() } == [9])
        #expect(try reading(bytes("[$d#i", 0)) { try $0.floats() } == [])
    }

    @Test func objectsMayAnnounceTheirCountAndType() throws {
        for document in [
            bytes("{", "i", 1, "a", "U", 7, "i", 1, "b", "Si", 1, "x", "}"),
            bytes("{#i", 2, "i", 1, "a", "U", 7, "i", 1, "b", "Si", 1, "x"),
            bytes("{", "N", "i", 1, "a", "N", "U", 7, "i", 1, "b", "Si", 1, "x", "NN}", "N"),
        ] {
            let found = try reading(document) { reader in
                var found: [String] = []
                try reader.enterObject()
                while let name = try reader.nextMember() {
                    found.append(name)
                    if name == "a" { found.append("\(try reader.integer())") } else { found.append(try reader.text()) }
                }
                return found
            }
            #expect(found == ["a", "7", "b", "x"])
        }
        try reading(bytes("{$U#i", 1, "i", 1, "a", 7)) { try $0.skip() }
        #expect(try reading(bytes("[$S#i", 2, "i", 1, "x", "i", 0)) { try $0.texts() } == ["x", ""])
    }

    @Test func everyKindOfValueIsSkipped() throws {
        let scalars = bytes("Z", "T", "F", "C", "x", "Hi", 2, "12", "Si", 1, "s", "d", 0, 0, 0, 0)
        let values = bytes("[", scalars, "[[]]", "{}", "]")
        try reading(values) { try $0.skip() }
        try reading(bytes("[$[#i", 2, "]", "U", 1, "]")) { try $0.skip() }
        try reading(bytes("[$T#i", 1) + [UInt8(ascii: "N")]) { try $0.skip() }
    }

    @Test(arguments: ["d", "D", "l", "L", "U", "S", "[", "{", "T", "Z"])
    func anAnnouncedCountNeedsItsBytes(type: String) {
        let huge = bytes("[$", type, "#L", 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4)
        for body in [{ _ = try $0.floats() }, { _ = try $0.integers() }, { try $0.skip() }]
            as [(inout UBJSONDocumentReader) throws -> Void]
        {
            #expect(message(huge, body).contains("announced"))
        }
        #expect(message(bytes("[$", type, "#i", 0xFF, 1)) { try $0.skip() }.contains("expected a length"))
    }

    @Test func aTextNeedsItsBytesAndIsUTF8() {
        #expect(message(bytes("SL", 0x7F, 0, 0, 0, 0, 0, 0, 0, "x")) { _ = try $0.text() }.contains("announced"))
        #expect(message(bytes("Si", 1, 0xFF)) { _ = try $0.text() }.contains("UTF-8"))
        #expect(message(bytes("U", 1)) { _ = try $0.text() }.contains("expected a text"))
    }

    @Test func whatBreaksTheFormatIsRefused() {
        for broken in [
            bytes("[$d]"), bytes("[$x#i", 1, 1), bytes("[$N#i", 1, 1), bytes("[", "x", "]"), bytes("["), bytes("{"),
            bytes("{", "U", 1), bytes("[", "d", 0, 0), bytes("]"), bytes(), bytes("[]", "U", 1),
        ] {
            #expect(message(broken) { try $0.skip() } != "no error", "\(broken)")
        }
    }

    @Test func aMessageNamesThePathAndTheByte() {
        let found = message(bytes("{", "i", 1, "a", "[", "U", 1, "x")) { try $0.skip() }
        #expect(found.contains("a[1]"))
        #expect(found.contains("byte 7"))
        #expect(found.contains("'x'"))
    }

    @Test func aNameMayNotOccurTwiceAndNestingEndsAtTheLimit() {
        let twice = bytes("{", "i", 1, "a", "Z", "i", 1, "a", "Z", "}")
        #expect(message(twice) { try $0.skip() }.contains("twice"))
        #expect(message([UInt8](repeating: UInt8(ascii: "["), count: 9)) { try $0.skip() }.contains("deeper than 8"))
    }
}
