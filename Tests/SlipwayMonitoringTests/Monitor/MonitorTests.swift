import SlipwayData
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct MonitorTests {
    private let model = SampleModel()

    private func rows(_ count: Int) -> [SampleModel.Row] { (0..<count).map { SampleModel.Row($0) } }

    @Test func trafficLikeTheTrainingDataIsQuiet() throws {
        let report = model.report(rows(720), baseline: try model.baseline(rows: 720))
        #expect(!report.hasDrift)
        for distribution in report.features + report.predictions {
            #expect(distribution.drift.figure?.statistic == 0, "\(distribution.name)")
            #expect(distribution.significance.figure?.pValue == 1)
            #expect(!distribution.hasMissingChanged)
        }
        #expect(report.features[0].outOfRangeRate == .found(0))
        #expect(report.features[1].unknownCategoryRate == .found(0))
        #expect(report.summary == ["Nothing drifts: 4 distributions are within the limits."])
    }

    @Test func figuresEqualTheTestsOnTheRawValues() throws {
        let shifted = (0..<300).map { SampleModel.Row($0, tenureShift: 9) }
        let report = model.report(shifted, baseline: try model.baseline(rows: 720))
        let before = WeightedSample(values: rows(720).compactMap(\.tenure.asNumber))
        let now = WeightedSample(values: shifted.compactMap(\.tenure.asNumber))
        #expect(report.features[0].drift.figure == PopulationStabilityIndex().score(baseline: before, current: now))
        #expect(report.features[0].significance.figure == KolmogorovSmirnovTest().score(baseline: before, current: now))
        let location = try #require(report.features[0].location.figure)
        #expect(location.p50.current - location.p50.baseline == 9)
        #expect(agree(location.mean.current - location.mean.baseline, 9, within: 0.05))
    }

    @Test func aShiftedInputDriftsAndIsNamedFirst() throws {
        let shifted = (0..<200).map { SampleModel.Row($0, tenureShift: 60, contract: $0 < 90 ? "year" : nil) }
        let report = model.report(shifted, baseline: try model.baseline(rows: 720))
        #expect(report.driftedFeatures.map(\.name) == ["tenure", "contract"])
        #expect(report.hasDrift)
        #expect(try #require(report.summary.first).hasPrefix("tenure drifts most: PSI "))
        #expect(report.summary.contains { $0.hasPrefix("tenure is out of its range in ") })
    }

    @Test func aFewRowsFarAwayAreNotYetDrift() throws {
        let odd = (0..<31).map { SampleModel.Row($0 % 4 == 0 ? $0 : $0 % 8, tenureShift: 0) }
        let report = model.report(odd, baseline: try model.baseline(rows: 40))
        let tenure = report.features[0]
        #expect(try #require(tenure.drift.figure).verdict == .drifted)
        #expect(tenure.hasDrifted == (try #require(tenure.significance.figure?.pValue) < 0.01))
        let few = model.report(rows(12), baseline: try model.baseline(rows: 720))
        #expect(few.features[0].drift.reason == "too few values: 12 of at least 30")
        #expect(few.features[0].missingRate == .found(0))
    }

    @Test func valuesThatGoMissingAreReportedApart() throws {
        var some = rows(300)
        for index in stride(from: 0, to: 300, by: 4) { some[index].tenure = .missing }
        let report = model.report(some, baseline: try model.baseline(rows: 720))
        #expect(report.features[0].missingRate == .found(0.25))
        #expect(report.features[0].hasMissingChanged)
        #expect(report.summary.contains("tenure is missing in 25.0% of rows, 0.0% in the baseline."))
    }

    @Test func rangesAndCategoriesAreCounted() throws {
        let odd = (0..<100).map {
            SampleModel.Row($0, tenureShift: $0 < 10 ? 1_000 : 0, contract: $0 < 20 ? "week" : nil)
        }
        let report = model.report(odd, baseline: nil)
        #expect(report.features[0].outOfRangeRate == .found(0.1))
        #expect(report.features[1].unknownCategoryRate == .found(0.2))
        #expect(report.features[1].outOfRangeRate.reason == "the signature sets no minimum or maximum")
        #expect(report.features[0].unknownCategoryRate.reason == "no categories are known")
    }

    @Test func withoutABaselineTheReasonIsSaid() {
        let report = model.report(rows(100), baseline: nil)
        for distribution in report.features + report.predictions {
            #expect(distribution.drift.reason == "no baseline")
            #expect(distribution.missingRateChange.reason == "no baseline")
            #expect(distribution.location.reason == "no baseline")
        }
        #expect(report.summary == ["Drift could not be judged: no baseline."])
    }

    @Test func aFieldThatTheBaselineLacksSaysSo() throws {
        let full = try model.baseline(rows: 100)
        let partial = Baseline(
            rows: full.rows, inputs: TableProfile(columns: [(name: "contract", type: .string)]), outputs: full.outputs)
        let report = model.report(rows(100), baseline: partial)
        #expect(report.features[0].drift.reason == "not in the baseline")
        #expect(report.features[1].drift.reason == "too few values in the baseline: 0 of at least 30")
    }

    @Test func anEmptyWindowHasReasonsAndNoFigures() throws {
        let report = model.report([], baseline: try model.baseline(rows: 100))
        #expect(report.volume.rows == 0)
        #expect(report.latency.reason == "no requests")
        #expect(report.accuracy.coverage.reason == "no rows")
        #expect(report.summary == ["No prediction was logged in this window."])
        #expect(!report.text.isEmpty)
    }

    @Test func volumeAndLatencyCountRequestsNotRows() {
        var monitor = Monitor(model: "churn", signature: model.signature, baseline: nil)
        for record in model.records(rows(100), rowsPerRequest: 4) { monitor.add(record) }
        let report = monitor.report()
        #expect(report.volume.rows == 100)
        #expect(report.volume.requests == 25)
        #expect(report.volume.first == SampleModel.start)
        #expect(report.volume.last == SampleModel.start.adding(milliseconds: 99_000))
        // Latencies are 100, 104, …, 196; a quantile is the smallest with that share at or below it.
        #expect(report.latency.figure == LatencyReport(p50: 148, p90: 188, p95: 192, p99: 196, maximum: 196))
    }

    @Test func versionsAreCountedAndPredictionsJudgedApart() {
        var monitor = Monitor(model: "churn", signature: model.signature, baseline: nil, version: 2)
        for record in model.records(rows(50), version: 1) + model.records(rows(20), version: 2) { monitor.add(record) }
        let report = monitor.report()
        #expect(report.volume.versions == [.init(version: 1, rows: 50), .init(version: 2, rows: 20)])
        #expect(report.features[0].rows == 70)
        #expect(report.predictions.map(\.rows) == [20, 20])
    }

    @Test func shadowTrafficAndOtherWindowsCountForNothing() {
        let window = TimeWindow(from: SampleModel.start, until: SampleModel.start.adding(milliseconds: 10_000))
        var monitor = Monitor(model: "churn", signature: model.signature, baseline: nil, window: window)
        for (number, record) in model.records(rows(50)).enumerated() {
            var record = record
            if number % 2 == 1 { record.source = .shadow }
            monitor.add(record)
        }
        let report = monitor.report()
        #expect(report.volume.rows == 5)
        #expect(report.volume.shadowRows == 5)
        #expect(report.features[0].rows == 5)
    }

    @Test func theLogsOfAFolderAreReportedOn() throws {
        let temporary = try TemporaryFolder()
        let folder = try SampleRecords.folder(in: temporary)
        let records = model.records(rows(200))
        try PredictionLogWriter(folder: folder).append(records)
        try FeedbackLogWriter(folder: folder).append(
            records.prefix(50).map {
                FeedbackRecord(subject: .prediction($0.id), actual: .string("Yes"), time: $0.time)
            })
        let report = try MonitorReport(
            of: folder, model: "churn", signature: model.signature, baseline: try model.baseline(rows: 200))
        #expect(report.volume.rows == 200)
        #expect(report.accuracy.labels == 50)
        #expect(report.accuracy.coverage == .found(0.25))
    }
}
