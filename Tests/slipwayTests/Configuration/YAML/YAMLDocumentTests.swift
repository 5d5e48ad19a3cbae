import Testing

@testable import slipway

struct YAMLDocumentTests {
    @Test(arguments: [
        ("project: telco\nmodels:\n\tchurn: {}\n", 3, "YAML takes no tabs"),
        ("project: telco\nmodels: { churn: { target: x }\n", 3, "close the bracket that opens on line 2"),
        ("project: \"telco\n", 2, "close the quote that opens on line 1"),
        ("project: telco: two\n", 1, "put a value that contains ': ' in quotes"),
        ("project: telco\nrefresh: */15 * * * *\n", 2, "put a value that starts with '*' in quotes"),
        ("project: @telco\n", 1, "put the value in quotes"),
        ("project: telco\n---\nproject: two\n", 2, "a second document starts here"),
        ("project: telco\nname: \u{07}\n", 2, "the control character U+7 is not allowed"),
    ])
    func brokenSyntaxNamesItsLineAndTheRemedy(text: String, line: Int, remedy: String) {
        let lines = ConfigurationText.problems(text)
        #expect(lines.hasPrefix("slipway.yaml:\(line)"), "\(lines)")
        #expect(lines.contains(remedy), "\(lines)")
    }

    @Test func repeatedKeysAreReportedWithAllOtherProblems() {
        let text = """
            project: telco
            sources:
              crm: { type: csv, path: a }
              crm: { type: csv, path: b, path: c }
              crm: { type: csv, paht: d }
            project: other
            """
        #expect(
            ConfigurationText.problems(text) == """
                slipway.yaml:5:3: sources.crm: this key is set already on line 3 and 4; keep one of them
                slipway.yaml:5:8: sources.crm: the key 'path' is missing; write path: data
                slipway.yaml:5:21: sources.crm.paht: unknown key; did you mean 'path'?
                slipway.yaml:6:1: project: this key is set already on line 1; keep one of them
                """)
    }

    @Test func quotedAndPlainFormsOfAKeyAreTheSameKey() {
        #expect(ConfigurationText.problems("\"project\": a\nproject: b\n").contains("set already on line 1"))
        #expect(ConfigurationText.problems("'': a\n'': b\n").contains("'' is set more than once"))
    }

    @Test func theLineSurvivesEveryKindOfLineEnd() {
        let lines = ConfigurationText.problems("project: telco\r\n# ü\r\nmodles: {}\r\nmodles: {}\r\n")
        #expect(lines.hasPrefix("slipway.yaml:4:1: modles: this key is set already on line 3"), "\(lines)")
    }

    @Test func aByteOrderMarkIsSkipped() {
        #expect(ConfigurationText.problems("\u{FEFF}project: telco\n") == "")
    }

    @Test func anchorsAreReportedWhereTheyStand() {
        let lines = ConfigurationText.problems("project: telco\nsources: &all { a: { type: csv, path: x } }\n")
        #expect(lines.contains("slipway.yaml:2:10: sources: anchors (&) and aliases (*) are not read"), "\(lines)")
    }

    @Test func aBombOfAliasesIsRefusedUnread() {
        var text = "project: &a0 [x]\n"
        for level in 1...40 {
            text += "k\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", "))]\n"
        }
        text += "? *a40\n: 1\n"
        #expect(ConfigurationText.problems(text).contains("anchors (&) and aliases (*) are not read"))
    }

    @Test func textWithAsterisksAndAmpersandsIsNoAlias() {
        let query = "select a *b, c &d, *, count(*) from t"
        let views = (0..<40).map { "  v\($0): { from: s, query: \"\(query)\", key: a }\n" }.joined()
        let text = "project: telco\nsources: { s: { type: sqlite, path: x.db } }\nfeatures:\n\(views)"
        #expect(ConfigurationText.problems(text) == "")
    }

    @Test(arguments: [33, 500, 999, 5_000, 200_000])
    func deepNestingIsRefused(depth: Int) {
        let brackets = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(ConfigurationText.problems("project: \(brackets)\n").contains("more than 32 levels deep"))
        let dashes = String(repeating: "- ", count: depth)
        #expect(ConfigurationText.problems("project:\n  \(dashes)x\n").contains("more than 32 levels deep"))
    }

    @Test func aFileAboveTheLimitIsRefused() {
        let text = "project: telco\n" + String(repeating: "#", count: YAMLDocument.byteCountMax)
        #expect(ConfigurationText.problems(text).contains("longer than 1048576 bytes"))
    }

    @Test func aFileOfTooManyValuesIsRefused() {
        let text = "project: [" + String(repeating: "1,", count: YAMLDocument.valueCountMax) + "]\n"
        #expect(ConfigurationText.problems(text).contains("more than 20000 values"))
    }

    @Test func moreRepeatedKeysThanAreSetAsideStillNameOne() {
        let text = "project: telco\n" + String(repeating: "models: {}\n", count: 100)
        #expect(ConfigurationText.problems(text).contains("'models' is set more than once"))
    }

    @Test func bytesThatAreNotUTF8NameTheirLine() {
        let bytes = Array("project: telco\n# ".utf8) + [0xFF, 0x0A]
        let expected = "slipway.yaml:2: the line is not UTF-8 text; save the file in UTF-8"
        #expect(ConfigurationText.problems(bytes) == expected)
    }

    @Test func tagsAreReported() {
        let lines = ConfigurationText.problems("project: !!binary dGVsY28=\n")
        #expect(lines.contains("the tag 'tag:yaml.org,2002:binary' is not read"), "\(lines)")
    }

    @Test func keysThatAreNotTextAreReported() {
        #expect(ConfigurationText.problems("project: telco\n[a, b]: 1\n").contains("2:1: a key must be plain text"))
    }
}
