import SlipwayData
import SlipwayServingTesting
import Testing

@testable import SlipwayHTTP

struct CallSampleTests {
    private static let hostile: JSONObject = [
        "it's \"here\"": "a'b\"c\\(1)\n\u{1}\u{2028}`$HOME`", "q`": .boolean(true), "n": .null, "x": .number(1.5),
        "accents": "'\u{301}\"\u{301}\\\u{301}",
    ]

    private static func code(_ language: String, key: Bool = false) throws -> String {
        let samples = CallSample.all(
            of: "churn", hostile, at: .init(host: "localhost:8080"), asksForKeys: key)
        return try #require(samples.first { $0.language == language }).code
    }

    @Test(.enabled("needs python3") { OutsideProgram.isThere("python3") })
    func pythonReadsWhatWasMeant() async throws {
        let lines = try Self.code("Python").split(separator: "\n")
        let literal = lines.drop { !$0.hasPrefix("record") }.prefix { !$0.hasPrefix("request") }.joined(separator: "\n")
        let ran = try await Program.run(
            "python3", ["-c", "import json\n\(literal)\nprint(json.dumps(record))"])
        #expect(try JSONValue(parsing: ran.output) == .object(Self.hostile))
    }

    @Test func theShellReadsWhatWasMeant() async throws {
        let code = try Self.code("curl")
        let start = try #require(code.ranges(of: "-d ").first).upperBound
        let ran = try await Program.run("sh", ["-c", "printf %s \(code[start...])"])
        #expect(try JSONValue(parsing: ran.output) == .object(Self.hostile))
    }

    @Test func rAndSwiftEscapeWhatTheyWouldReadOtherwise() throws {
        let r = try Self.code("R")
        #expect(r.contains(#"`it's "here"` = "a'b\"c\\(1)\n\u{1}\u{2028}`$HOME`""#))
        #expect(r.contains(#"`q\`` = TRUE"#) && r.contains("`n` = NULL"))
        let swift = try Self.code("Swift")
        #expect(swift.contains(#""it's \"here\"": "a'b\"c\\(1)\n\u{1}\u{2028}`$HOME`","#))
        #expect(swift.contains("\"n\": NSNull(),"))
    }

    @Test(arguments: ["curl", "Python", "R", "Swift"]) func aKeyComesFromTheEnvironment(language: String) throws {
        #expect(try Self.code(language, key: true).contains(CallSample.keyVariable))
        #expect(try !Self.code(language).contains(CallSample.keyVariable))
    }

    @Test(arguments: ["a'b", "x\"y", "evil.example/\u{0}", "", "a b", "$(id)"])
    func aHostThatIsNoneIsNotRepeated(host: String) {
        #expect(CallSample.Address(host: host).origin == "http://\(CallSample.Address.unknownHost)")
        #expect(CallSample.Address(host: "[::1]:80", isSecure: true).origin == "https://[::1]:80")
    }
}
