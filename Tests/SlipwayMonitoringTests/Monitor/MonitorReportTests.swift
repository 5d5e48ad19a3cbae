import Foundation
import SlipwayData
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct MonitorReportTests {
    private let model = SampleModel()

    private func reports() throws -> [MonitorReport] {
        let rows = (0..<100).map { SampleModel.Row($0, tenureShift: 30) }
        let outcomes = model.outcomes(rows) { .string($0 % 3 == 0 ? "Yes" : "No") }
        return [
            model.report(rows, baseline: try model.baseline(rows: 720), outcomes: outcomes),
            model.report(Array(rows.prefix(3)), baseline: nil), model.report([], baseline: nil),
        ]
    }

    @Test func readsBackFromItsJSON() throws {
        for report in try reports() {
            let data = try JSONEncoder().encode(report)
            #expect(try JSONDecoder().decode(MonitorReport.self, from: data) == report)
        }
    }

    @Test func theJSONHasTheFiguresUnderPlainNames() throws {
        let report = try #require(try reports().first)
        let document = try JSONValue(parsing: JSONEncoder().encode(report))
        #expect(document["volume"]?["rows"] == .integer(100))
        #expect(document["latency"]?["p99"]?.asValue?.asNumber != nil)
        guard case .array(let features)? = document["features"] else {
            Issue.record("there are no features")
            return
        }
        #expect(features[0]["name"] == .string("tenure"))
        #expect(features[0]["drift"]?["test"] == .string("psi"))
        #expect(features[0]["significance"]?["test"] == .string("ks"))
        #expect(features[0]["significance"]?["p_value"]?.asValue?.asNumber != nil)
        #expect(features[1]["significance"]?["test"] == .string("chi_square"))
        #expect(features[1]["out_of_range_rate"]?["unavailable"] != nil)
        #expect(document["accuracy"]?["evaluation"]?["metrics"]?["roc_auc"]?.asValue?.asNumber != nil)
    }

    @Test func theTextLinesUpAndNamesWhatDrifts() throws {
        let text = try #require(try reports().first).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let heading = try #require(lines.first { $0.hasPrefix("Input") })
        let tenure = try #require(lines.first { $0.hasPrefix("tenure ") && $0.hasSuffix("DRIFT") })
        let column = try #require(heading.range(of: "PSI")).upperBound
        let place = heading.distance(from: heading.startIndex, to: column)
        #expect(tenure.dropFirst(place).first == " ")
        #expect(tenure.dropFirst(place - 1).first?.isNumber == true)
        #expect(text.contains("tenure drifts: PSI "))
        #expect(text.contains("roc_auc"))
        #expect(lines.allSatisfy { $0.count <= 100 && $0.last != " " })
    }

    @Test func damageToTheFeedbackLogIsCounted() throws {
        let temporary = try TemporaryFolder()
        let folder = try SegmentFolder(root: temporary.path("log"), environment: "production", model: "churn")
        let log = try FeedbackLogWriter(folder: folder)
        try log.append([FeedbackRecord(subject: .key("1"), actual: .string("Yes"), time: SampleModel.start)])
        try log.close()
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder.path).first)
        let file = try #require(FileHandle(forWritingAtPath: "\(folder.path)/\(name)"))
        try file.seekToEnd()
        try file.write(contentsOf: Data("{\"half".utf8))
        try file.close()
        let report = try MonitorReport(of: folder, model: "churn", signature: model.signature, baseline: nil)
        #expect(report.accuracy.feedback.received == 1)
        #expect(report.accuracy.feedback.tornLines == 1)
        #expect(report.text.contains("1 torn line"))
    }

    @Test func theTextSaysWhyFiguresAreAbsent() throws {
        let reports = try reports()
        #expect(reports[1].text.contains("No drift figure for all: no baseline."))
        #expect(reports[1].text.contains("no labels"))
        #expect(reports[2].text.hasPrefix("churn: no predictions\n"))
        #expect(reports[2].text.contains("No prediction was logged in this window."))
    }
}
