import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct FeedbackRecordTests {
    private let id = SampleRecords.prediction(1).id
    private let time = SampleRecords.start

    @Test func readsBackFromItsObject() throws {
        let records = [
            FeedbackRecord(subject: .prediction(id), actual: .string("Yes"), time: time),
            FeedbackRecord(
                subject: .key("1234"), actual: .number(1.5), time: time, observed: time.adding(milliseconds: -5)),
            FeedbackRecord(subject: .key(""), actual: .boolean(true), time: time),
        ]
        for record in records { #expect(try FeedbackRecord(json: record.json) == record) }
    }

    @Test(arguments: ["id", "actual", "time"])
    func anAbsentMemberIsRefused(_ name: String) {
        var object = FeedbackRecord(subject: .prediction(id), actual: .integer(1), time: time).json
        object[name] = nil
        #expect(throws: LogError.self) { try FeedbackRecord(json: object) }
    }

    @Test func itIsKeptBesideThePredictionLog() throws {
        let temporary = try TemporaryFolder()
        let folder = try SampleRecords.folder(in: temporary)
        let predictions = try PredictionLogWriter(folder: folder)
        try predictions.append(SampleRecords.predictions(3))
        let writer = try FeedbackLogWriter(folder: folder)
        let record = FeedbackRecord(subject: .prediction(id), actual: .string("Yes"), time: time)
        try writer.append([record])
        let stream = try FeedbackLogReader(folder: folder).records()
        #expect(try stream.next() == record)
        #expect(try stream.next() == nil)
        #expect(try SampleRecords.readAll(folder).records.count == 3)
    }
}
