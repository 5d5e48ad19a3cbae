import Foundation
import SlipwayData
import SlipwayModel
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

@testable import SlipwayHTTP

@Suite(.serialized) struct ModelPageTests {
    private static let notes = ModelNotes(
        purpose: "Finds who may leave.", owner: "the retention team", limits: "Not for companies.")

    /// Serves a model whose page has everything.
    private static func described(
        _ notes: ModelNotes = notes, privacy: [String: PrivacyPolicy] = [:],
        _ body: @Sendable (TestServer, TestProject) async throws -> Void
    ) async throws {
        let project = try TestProject()
        try project.promote(
            try project.push("columns-boosting", as: "churn", examples: Rows.examples(), notes: notes))
        let bindings = ["churn": ModelBinding(key: TestProject.key, privacy: privacy)]
        try await TestServer.serving(project, bindings: bindings) { try await body($0, project) }
    }

    @Test func thePageSaysWhatTheModelIs() async throws {
        try await Self.described { server, _ in
            let text = try await server.get("/docs/models/churn").text
            for part in ["Finds who may leave.", "the retention team", "Not for companies."] {
                #expect(text.contains(part), "\(part)")
            }
            // 60 example rows, of which nine lack their age; a third has each contract.
            #expect(text.contains("The figures speak of 60 example rows."))
            #expect(text.contains("<td>15 %</td>"))
            #expect(text.contains("month 33.3 %, two years 33.3 %, year 33.3 %"))
            #expect(text.contains("<rect "))
            #expect(text.contains("<h3>By region</h3>") && text.contains("<h3>By contract</h3>"))
            #expect(text.contains("too few rows to tell"))
            #expect(text.contains("Ranking (ROC AUC)"))
            #expect(text.contains("Decision trees"))
            #expect(text.contains("Exact: the Shapley value") || text.contains("Estimated: Shapley values"))
            #expect(text.contains("promoted version 1"))
            #expect(text.contains("May be missing, which the model is told: age."))
        }
    }

    @Test func whatIsMissingIsSaid() async throws {
        try await TestServer.ready { server, _ in
            let text = try await server.get("/docs/models/bare").text
            #expect(text.contains("Why it exists is not written down"))
            #expect(text.contains("without example rows"))
            #expect(text.contains("Metrics: the version came without rows that hold the true outcome."))
            #expect(text.contains("A gate: the project sets no condition"))
            #expect(text.contains("None: there are no example rows to compare with."))
        }
    }

    @Test func coveredFieldsAreNotTold() async throws {
        try await Self.described(privacy: ["contract": .mask, "income": .drop]) { server, _ in
            let text = try await server.get("/docs/models/churn").text
            #expect(text.contains("personal: not shown"))
            let fields = try #require(text.ranges(of: "id=\"quality\"").first).lowerBound
            #expect(!text[..<fields].contains("two years") && !text[..<fields].contains("33.3 %"))
            #expect(!text.contains("<h3>By contract</h3>") && text.contains("<h3>By region</h3>"))
        }
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'\"&<>", "\"\u{301} onmouseover=alert(1) x=\"",
        "<\u{300}b>", "{{title}}{{{title}}}{{#fields}}", "</main></body>",
    ])
    func hostileWordsStayWords(words: String) async throws {
        try await Self.described(ModelNotes(purpose: words, owner: words, limits: words)) { server, _ in
            for path in ["/docs", "/docs/models/churn"] {
                let text = try await server.get(path).text
                #expect(text.contains(HTMLText().escapeText(words)))
                let hostile = words.unicodeScalars.contains { "<>\"'&".unicodeScalars.contains($0) }
                #expect(!hostile || !Array(text.utf8).contains(Array(words.utf8)))
                #expect(text.ranges(of: "<script").count == text.ranges(of: "<script src=\"/docs/assets/").count)
                #expect(text.ranges(of: "<main").count == 1 && text.ranges(of: "</main>").count == 1)
            }
        }
    }

    @Test(.enabled("needs curl") { OutsideProgram.isThere("curl") }) func theSampleForCurlPredicts() async throws {
        try await Self.described { server, project in
            let code = try Self.sample("curl", from: try await server.get("/docs/models/churn").text)
            let ran = try await Program.run("sh", ["-c", code + " --silent --show-error"])
            #expect(ran.status == 0 && ran.output.contains("\"prediction\""), "\(ran.output)")
            #expect(try project.predictions(of: "churn").count == 1)
        }
    }

    @Test(.enabled("needs python3") { OutsideProgram.isThere("python3") })
    func theSampleForPythonPredicts() async throws {
        try await Self.described { server, project in
            let code = try Self.sample("Python", from: try await server.get("/docs/models/churn").text)
            let ran = try await Program.run("python3", ["-c", code])
            #expect(ran.status == 0 && ran.output.contains("'prediction'"), "\(ran.output)")
            #expect(try project.predictions(of: "churn").count == 1)
        }
    }

    /// The code under a heading, as a browser shows it.
    private static func sample(_ language: String, from page: String) throws -> String {
        let start = try #require(page.ranges(of: "<summary>\(language)</summary>").first).upperBound
        let begin = try #require(page[start...].ranges(of: "<code>").first).upperBound
        let end = try #require(page[begin...].ranges(of: "</code>").first).lowerBound
        return [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(
            String(page[begin..<end])
        ) { $0.replacing($1.0, with: $1.1) }
    }
}

extension [UInt8] {
    fileprivate func contains(_ part: [UInt8]) -> Bool {
        indices.contains { self[$0...].starts(with: part) }
    }
}
