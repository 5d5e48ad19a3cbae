import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct SegmentReaderLatestTests {
    @Test(arguments: [1, 2, 3, 5, 6, 7, 100])
    func theLatestRecordsAreThoseAtTheEndOfTheWholeLog(count: Int) throws {
        let temporary = try TemporaryFolder()
        let folder = try SampleRecords.folder(in: temporary)
        let hour: Int64 = 3_600_000
        // In the last hour, day, month, and long before.
        let offsets = [-5_000 * hour, -4_000 * hour, -600 * hour, -20 * hour, -hour / 2, 0]
        let records = offsets.enumerated().map { SampleRecords.prediction($0, offset: $1) }
        let writer = try PredictionLogWriter(folder: folder)
        for record in records { try writer.append([record]) }
        let reader = PredictionLogReader(folder: folder)
        #expect(try reader.latest(count, before: SampleRecords.start) == records.suffix(count))
    }
}
