import SlipwayData
import Testing

@testable import slipway

struct ErrorReportTests {
    @Test func placesLeadAndTheHintFollows() {
        let location = SourceLocation(file: "rows.csv", line: 3)
        let error = DataError(.malformed, "a quote is not closed", hint: "Close it.", at: location)
        #expect(ErrorReport(error).text() == "rows.csv:3: error: a quote is not closed\nhint: Close it.\n")
    }

    @Test func everyConfigurationProblemHasItsOwnLine() throws {
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationText.configuration("a: 1\nb: 2\n") }
        let lines = ErrorReport(try #require(error)).text().split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("slipway.yaml:1:1: error: a: unknown key"))
        #expect(lines[3] == "error: slipway.yaml has 3 problems")
    }

    @Test func programsGetTheSameAsADocument() throws {
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationText.configuration("project: X\n") }
        let document = ErrorReport(try #require(error)).document
        #expect(document["error"]?["code"] == .string("invalid_configuration"))
        #expect(document["error"]?["message"] == .string("slipway.yaml has 1 problem"))
        guard case .array(let problems) = document["error"]?["problems"] else {
            Issue.record("there are no problems")
            return
        }
        #expect(problems[0]["place"] == .string("slipway.yaml:1:10"))
    }

    @Test func colorAppearsOnlyWhereItIsAsked() {
        let report = ErrorReport(DataError(.unreadable, "gone"))
        #expect(report.text() == "error: gone\n")
        #expect(report.text(isColored: true) == "\u{1B}[1;31merror:\u{1B}[0m gone\n")
    }

    @Test func aLongListSaysHowMuchItShows() {
        let text = (0..<150).map { "k\($0): 1\n" }.joined()
        let error = #expect(throws: ConfigurationError.self) { try ConfigurationText.configuration(text) }
        #expect(error.map { ErrorReport($0).lines.count } == 101)
        #expect(error?.message.hasSuffix("and 51 more") == true)
    }
}
