import Testing

@testable import SlipwayData

struct SQLTextTests {
    @Test(arguments: [
        ("", "''"), ("it's", "'it''s'"), ("''", "''''''"), ("a\"b\\", "'a\"b\\'"), ("'\u{301}", "'''\u{301}'"),
        ("🚢'\u{200D}x", "'🚢''\u{200D}x'"),
    ])
    func marksWithinATextAreDoubled(text: String, literal: String) {
        #expect(Array(SQLText.literal(text).unicodeScalars) == Array(literal.unicodeScalars))
    }

    @Test func aMarkWithAnAccentIsStillAMark() {
        #expect(Array(SQLText.name("a\"\u{301}b").unicodeScalars) == Array("\"a\"\"\u{301}b\"".unicodeScalars))
        #expect(Array(SQLText.quoted("`\u{301}", between: "`").unicodeScalars) == Array("```\u{301}`".unicodeScalars))
        #expect(Array("'\u{301}".shellQuoted.unicodeScalars) == Array(#"''\''\#u{301}'"#.unicodeScalars))
    }
}
