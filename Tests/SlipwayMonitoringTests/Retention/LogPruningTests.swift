import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct LogPruningTests {
    private let temporary: TemporaryFolder
    private let hour: Int64 = 3_600_000

    init() throws { temporary = try TemporaryFolder() }

    private func folder(_ model: String) throws -> SegmentFolder {
        try SegmentFolder(root: temporary.path, environment: "production", model: model)
    }

    /// A closed segment an hour long for each offset, in hours.
    private func write(_ model: String, hours: [Int64]) throws {
        let writer = try PredictionLogWriter(folder: folder(model))
        for offset in hours { try writer.append([SampleRecords.prediction(Int(offset), offset: offset * hour)]) }
        try writer.close()
    }

    private func prune(
        age: Duration = .seconds(86_400), byteCountMax: Int = .max, hours: Int64, isTrial: Bool = false
    ) throws -> LogPruning {
        try LogPruning(
            root: temporary.path, environment: "production",
            keeping: LogRetention(ageMax: age, byteCountMax: byteCountMax),
            at: SampleRecords.start.adding(milliseconds: hours * hour), isTrial: isTrial)
    }

    private func left(_ model: String) throws -> [Int64] {
        try SampleRecords.readAll(folder(model)).records.map {
            ($0.time.milliseconds - SampleRecords.start.milliseconds) / hour
        }
    }

    @Test func onlySegmentsWhoseEveryRecordIsTooOldGo() throws {
        try write("churn", hours: [0, 5, 30])
        try write("value", hours: [2])
        // Records of hour 5 may be as late as the end of hour 5, so their segment is kept until a day after that.
        let pruning = try prune(hours: 29)
        #expect(pruning.tooOld.count == 2 && pruning.tooMuch.isEmpty)
        #expect(try left("churn") == [5, 30])
        #expect(try left("value") == [])
        #expect(try prune(hours: 30).tooOld.count == 1)
        #expect(try left("churn") == [30])
        #expect(pruning.kept.count == 2)
        #expect(pruning.removed.span?.start == SampleRecords.start)
        #expect("\(pruning)".contains("2 segments"))
    }

    @Test func theOldestGoUntilTheLogsOfAllModelsFit() throws {
        try write("churn", hours: [0, 2, 4])
        try write("value", hours: [1, 3, 5])
        let all = try prune(hours: 5, isTrial: true)
        #expect(all.removed.isEmpty && all.kept.count == 6)
        let pruning = try prune(byteCountMax: all.kept.byteCount / 2, hours: 5)
        #expect(pruning.tooMuch.count == 3)
        #expect(pruning.kept.byteCount <= all.kept.byteCount / 2)
        #expect(try left("churn") == [4])
        #expect(try left("value") == [3, 5])
    }

    @Test func aSegmentThatIsBeingWrittenStays() throws {
        try write("churn", hours: [0])
        let writer = try PredictionLogWriter(folder: folder("churn"))
        try writer.append([SampleRecords.prediction(1, offset: hour)])
        let pruning = try prune(byteCountMax: 0, hours: 1_000)
        #expect(pruning.removed.count == 1 && pruning.inUse.count == 1 && pruning.kept.count == 1)
        try writer.append([SampleRecords.prediction(2, offset: hour + 1)])
        #expect(try SampleRecords.readAll(folder("churn")).records.count == 2)
        try writer.close()
        #expect(try prune(hours: 1_000).removed.count == 1)
    }

    @Test func aTrialRemovesNothingAndSaysTheSame() throws {
        try write("churn", hours: [0, 1, 2])
        let trial = try prune(hours: 26, isTrial: true)
        #expect(try left("churn") == [0, 1, 2])
        #expect(try prune(hours: 26) == trial)
        #expect(trial.removed.count == 2)
    }

    @Test func feedbackIsPrunedLikePredictionsAndOtherFilesStay() throws {
        let folder = try folder("churn")
        let writer = try FeedbackLogWriter(folder: folder)
        try writer.append([FeedbackRecord(subject: .key("7"), actual: .integer(1), time: SampleRecords.start)])
        try writer.close()
        try Data("keep".utf8).write(to: URL(filePath: "\(folder.path)/notes.txt"))
        try Data("keep".utf8).write(to: URL(filePath: "\(temporary.path)/production/stray"))
        #expect(try prune(byteCountMax: 0, hours: 1_000).removed.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["notes.txt"])
    }

    @Test func anEnvironmentWithoutLogsHasNothingToPrune() throws {
        #expect(try prune(hours: 1).removed.isEmpty)
    }
}
