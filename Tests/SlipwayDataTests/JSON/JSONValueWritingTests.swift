import SlipwayData
import Testing

struct JSONValueWritingTests {
    @Test func membersKeepTheirOrder() {
        let value: JSONValue = .object(["b": .integer(1), "a": .array([.null, .boolean(true), .number(0.1)])])
        #expect(value.text == #"{"b":1,"a":[null,true,0.1]}"#)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func aNumberThatIsNotFiniteBecomesNull(_ number: Double) {
        #expect(JSONValue.array([.number(number)]).text == "[null]")
    }

    @Test(arguments: [Int64.min, -10, -1, 0, 9, 10, 1_234_567_890, .max])
    func wholeNumbersAreWrittenInFull(_ whole: Int64) {
        #expect(JSONValue.integer(whole).text == String(whole))
    }

    @Test func onlyWhatMustBeEscapedIs() {
        let text = "a\"b\\c/\n\u{1}\u{1f}\u{7f}é😀"
        #expect(JSONValue.string(text).text == #""a\"b\\c/\n\u0001\u001f"# + "\u{7f}é😀\"")
    }

    @Test func theIndentedFormPutsEachMemberOnALine() {
        let value: JSONValue = .object([
            "a": .array([.integer(1), .object([:])]), "b": .array([]), "c": .object(["d": .null]),
        ])
        #expect(
            value.text(style: .indented) == """
                {
                  "a": [
                    1,
                    {}
                  ],
                  "b": [],
                  "c": {
                    "d": null
                  }
                }
                """)
    }

    @Test func writingAddsToTheEnd() {
        var bytes = Array("x".utf8)
        JSONValue.boolean(false).write(into: &bytes)
        #expect(bytes == Array("xfalse".utf8))
    }
}
