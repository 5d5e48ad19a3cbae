import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayModel

struct JSONDocumentReaderTests {
    /// Lets a reader loose on a text and gives back what it returns.
    private func reading<Result>(
        _ text: String, _ body: (inout JSONDocumentReader) throws -> Result
    ) throws -> Result {
        try Array(text.utf8).withUnsafeBytes { buffer in
            var reader = JSONDocumentReader(buffer, depthMax: 8)
            return try body(&reader)
        }
    }

    private func message(_ text: String, _ body: (inout JSONDocumentReader) throws -> Void) -> String {
        do {
            try reading(text, body)
            return "no error"
        } catch {
            return (error as? ModelError)?.message ?? "another error"
        }
    }

    @Test func everyNumberIsTheNearestSingle() throws {
        var generator = SeededGenerator(seed: 4)
        var spellings = ["0", "-0", "-0.0", "1e-45", "7e-46", "3.4028235e38", "3.4028236e38", "1e39", "-1e400"]
        for _ in 0..<4_000 {
            let bits = UInt32.random(in: 0...UInt32.max, using: &generator)
            let single = Float(bitPattern: bits)
            guard single.isFinite, single.nextUp.isFinite else { continue }
            spellings.append("\(single)")
            // Halfway to the neighbour, and a digit beyond it on either side.
            let middle = (Double(single) + Double(single.nextUp)) / 2
            spellings.append("\(middle)")
            spellings.append(String(format: "%.25e", middle.nextUp))
            spellings.append(String(format: "%.25e", middle.nextDown))
            spellings.append(String(format: "%.80e", middle).replacing("e", with: "1e"))
        }
        for spelling in spellings {
            let expected = try #require(Float(spelling))
            let found = try reading("[\(spelling)]") { try $0.floats() }
            #expect(found.map(\.bitPattern) == [expected.bitPattern], "\(spelling)")
        }
    }

    @Test func numbersThatJSONCannotWriteAreRead() throws {
        let found = try reading("[NaN, Infinity,-Infinity ]") { try $0.floats() }
        #expect(found[0].isNaN)
        #expect(found[1...] == [.infinity, -.infinity])
    }

    @Test(arguments: [
        "[01]", "[1,]", "[,]", "[1 2]", "[+1]", "[.5]", "[1.]", "[1e]", "[-]", "[1", "[", "[\"1\"]", "[]]",
    ])
    func whatIsNoListOfNumbersIsRefused(text: String) {
        #expect(throws: ModelError.self) {
            try reading(text) {
                _ = try $0.floats()
                try $0.finish()
            }
        }
    }

    @Test func wholeNumbersKeepAll64Bits() throws {
        for whole in [0, 1, -1, Int64.max, Int64.min, 9_007_199_254_740_993] {
            #expect(try reading("\(whole)") { try $0.integer() } == whole)
        }
        #expect(try reading("[true,false,7]") { try $0.integers() } == [1, 0, 7])
        for text in ["9223372036854775808", "-9223372036854775809", "1.0", "1e3", "01", "-", "null", ""] {
            #expect(throws: ModelError.self, "\(text)") { try reading(text) { try $0.integer() } }
        }
        #expect(throws: ModelError.self) { try reading("[2147483648]") { try $0.integers() } }
    }

    @Test func textsAreUnescaped() throws {
        #expect(try reading(#""plain""#) { try $0.text() } == "plain")
        #expect(try reading(#""a\"b\\c\u00e4\ud83d\ude00 é""#) { try $0.text() } == "a\"b\\cä😀 é")
        for text in [#""open"#, #""\x""#, #""\ud83d""#, "\"\u{1}\"", #""\"#] {
            #expect(throws: ModelError.self, "\(text)") { try reading(text) { try $0.text() } }
        }
    }

    @Test func membersComeInAnyOrderAndOthersAreSkipped() throws {
        let text = #" { "a" : [1, {"b": null}, "x]"], "c" : -2.5e3 , "d":true, "e": [7] } "#
        let found = try reading(text) { reader in
            var found: [Int32] = []
            try reader.enterObject()
            while let name = try reader.nextMember() {
                if name == "e" { found = try reader.integers() } else { try reader.skip() }
            }
            try reader.finish()
            return found
        }
        #expect(found == [7])
    }

    @Test func aMessageNamesThePathTheByteAndWhatWasFound() {
        let found = message(#"{"trees": [{"id": 1}, {"id": 2, "weights": [1, 2, x]}]}"#) { try $0.skip() }
        #expect(found.contains("trees[1].weights[2]"))
        #expect(found.contains("byte 50"))
        #expect(found.contains("'x'"))
    }

    @Test func aNameMayNotOccurTwice() {
        #expect(message(#"{"a": 1, "a": 2}"#) { try $0.skip() }.contains("twice"))
    }

    @Test func nestingEndsAtTheLimit() {
        let deep = String(repeating: "[", count: 9) + String(repeating: "]", count: 9)
        #expect(message(deep) { try $0.skip() }.contains("deeper than 8"))
        let allowed = String(repeating: "[", count: 8) + String(repeating: "]", count: 8)
        #expect(message(allowed) { try $0.skip() } == "no error")
    }
}
