import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct SegmentWriterTests {
    private let temporary: TemporaryFolder
    private let folder: SegmentFolder

    init() throws {
        temporary = try TemporaryFolder()
        folder = try SampleRecords.folder(in: temporary)
    }

    private func segmentNames() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func recordsAreOnDiskWhenAppendReturns() throws {
        let writer = try PredictionLogWriter(folder: folder)
        for number in 0..<20 {
            try writer.append([SampleRecords.prediction(number)])
            #expect(try SampleRecords.readAll(folder).records.count == number + 1)
        }
        #expect(try SampleRecords.readAll(folder).records == SampleRecords.predictions(20))
        #expect(try segmentNames().count == 1)
    }

    @Test func nothingIsCreatedBeforeTheFirstRecord() throws {
        let writer = try PredictionLogWriter(folder: folder)
        try writer.append([])
        try writer.sync()
        try writer.close()
        #expect(try segmentNames().isEmpty)
    }

    @Test func aSegmentThatSomebodyDeletedIsFollowedByAnother() throws {
        let writer = try PredictionLogWriter(folder: folder)
        try writer.append([SampleRecords.prediction(0)])
        for name in try segmentNames() { try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)") }
        try writer.append([SampleRecords.prediction(1)])
        #expect(try SampleRecords.readAll(folder).records == [SampleRecords.prediction(1)])
        try FileManager.default.removeItem(atPath: folder.path)
        try writer.append([SampleRecords.prediction(2)])
        try writer.sync()
        #expect(try SampleRecords.readAll(folder).records == [SampleRecords.prediction(2)])
    }

    @Test func aFullSegmentIsFollowedByAnother() throws {
        let writer = try PredictionLogWriter(folder: folder, limits: SegmentLimits(byteCountMax: 2_000))
        for record in SampleRecords.predictions(50) { try writer.append([record]) }
        let names = try segmentNames()
        #expect(names.count > 5)
        for name in names {
            let size = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")[.size] as? Int
            #expect(try #require(size) <= 2_000)
        }
        #expect(try SampleRecords.readAll(folder).records == SampleRecords.predictions(50))
    }

    @Test func aDayHasItsOwnSegment() throws {
        let writer = try PredictionLogWriter(folder: folder)
        let day = Timestamp.millisecondsPerDay
        let records = [0, 1, 2].map { SampleRecords.prediction($0, offset: Int64($0) * day) }
        try writer.append(records)
        #expect(try segmentNames().count == 3)
        #expect(try SampleRecords.readAll(folder).records == records)
        let second = TimeWindow(from: records[1].time, until: records[1].time.adding(milliseconds: 1))
        let read = try SampleRecords.readAll(folder, in: second)
        #expect(read.records == [records[1]])
        #expect(read.summary.segmentCount == 1)
    }

    @Test func anAnswerThatMidnightOvertookStaysFindable() throws {
        let midnight = Timestamp(milliseconds: (SampleRecords.start.day + 1) * Timestamp.millisecondsPerDay)
        let toMidnight = midnight.milliseconds - SampleRecords.start.milliseconds
        let before = SampleRecords.prediction(1, offset: toMidnight - 5)
        let after = SampleRecords.prediction(2, offset: toMidnight + 5)
        let late = SampleRecords.prediction(3, offset: toMidnight - 1)
        let writer = try PredictionLogWriter(folder: folder)
        for record in [before, after, late] { try writer.append([record]) }
        let window = TimeWindow(from: SampleRecords.start, until: midnight)
        #expect(try SampleRecords.readAll(folder, in: window).records == [before, late])
    }

    @Test func anHourHasItsOwnSegment() throws {
        let writer = try PredictionLogWriter(folder: folder)
        let hour: Int64 = 3_600_000
        let records = [0, hour - 1, hour, 2 * hour].enumerated().map { SampleRecords.prediction($0, offset: $1) }
        for record in records { try writer.append([record]) }
        #expect(try segmentNames().count == 3)
        let window = TimeWindow(from: records[3].time, until: .latest)
        let read = try SampleRecords.readAll(folder, in: window)
        #expect(read.records == [records[3]])
        #expect(read.summary.segmentCount == 1)
        #expect(try SampleRecords.readAll(folder).records == records)
    }

    @Test func aClockThatStepsBackLeavesEveryRecordFindableAndTheSegmentsInOrder() throws {
        let writer = try PredictionLogWriter(folder: folder)
        let offsets: [Int64] = [0, 10, -59_000, 20, -7_200_000, -7_199_000, 30, 86_400_000, 40]
        let records = offsets.enumerated().map { SampleRecords.prediction($0, offset: $1) }
        for record in records { try writer.append([record]) }
        for record in records {
            let window = TimeWindow(from: record.time, until: record.time.adding(milliseconds: 1))
            #expect(try SampleRecords.readAll(folder, in: window).records == [record])
        }
        let names = try folder.segments(fileExtension: PredictionRecord.fileExtension)
        #expect(names.map(\.start) == names.map(\.start).sorted())
        #expect(names.first?.start == records[4].time)
    }

    @Test func aSegmentWhoseTimeIsOverIsClosedWithoutARecordThatFollows() throws {
        let writer = try PredictionLogWriter(folder: folder)
        try writer.append([SampleRecords.prediction(0)])
        let path = "\(folder.path)/\(try segmentNames()[0])"
        try writer.retire(at: SampleRecords.start.adding(milliseconds: 3_599_999))
        #expect(try !SegmentFile.isUnused(path))
        try writer.retire(at: SampleRecords.start.adding(milliseconds: 3_600_000))
        #expect(try SegmentFile.isUnused(path))
        try writer.append([SampleRecords.prediction(1)])
        #expect(try segmentNames().count == 2)
    }

    @Test func manyThreadsLoseNothing() async throws {
        let writer = try PredictionLogWriter(folder: folder, limits: SegmentLimits(byteCountMax: 20_000))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    for number in 0..<100 { try writer.append([SampleRecords.prediction(thread * 100 + number)]) }
                    try writer.sync()
                }
            }
            try await group.waitForAll()
        }
        let read = try SampleRecords.readAll(folder)
        #expect(Set(read.records.map(\.id)) == Set(SampleRecords.predictions(800).map(\.id)))
        #expect(read.summary.corruptLineCount == 0 && read.summary.tornLineCount == 0)
    }

    @Test func twoWritersInOneFolderNeverShareAFile() async throws {
        let folder = folder
        try await withThrowingTaskGroup(of: Void.self) { group in
            for parity in 0..<2 {
                group.addTask {
                    // Both draw the same "random" numbers at the same times, so that names collide.
                    let draws = Draws()
                    let writer = try PredictionLogWriter(folder: folder, limits: SegmentLimits(byteCountMax: 1_500)) {
                        draws.next()
                    }
                    for number in 0..<200 {
                        try writer.append([SampleRecords.prediction(2 * number + parity, offset: Int64(number))])
                    }
                    try writer.close()
                }
            }
            try await group.waitForAll()
        }
        let read = try SampleRecords.readAll(folder)
        #expect(Set(read.records.map { $0.inputs["tenure"]?.asValue }).count == 400)
        #expect(read.records.count == 400)
        #expect(read.summary.corruptLineCount == 0 && read.summary.tornLineCount == 0)
    }

    @Test func aClosedLogRefusesRecords() throws {
        let writer = try PredictionLogWriter(folder: folder)
        try writer.append(SampleRecords.predictions(1))
        try writer.close()
        try writer.close()
        let error = #expect(throws: LogError.self) { try writer.append(SampleRecords.predictions(1)) }
        #expect(error?.kind == .closed)
        #expect(try SampleRecords.readAll(folder).records.count == 1)
    }

    @Test func aRecordBeyondTheLimitIsRefusedAndTheRestGoesOn() throws {
        let writer = try PredictionLogWriter(folder: folder)
        var huge = SampleRecords.prediction(0)
        huge.inputs["note"] = .string(String(repeating: "x", count: SegmentLine.byteCountMax))
        let error = #expect(throws: LogError.self) { try writer.append([huge]) }
        #expect(error?.kind == .limitExceeded)
        try writer.append([SampleRecords.prediction(1)])
        #expect(try SampleRecords.readAll(folder).records == [SampleRecords.prediction(1)])
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        let file = try temporary.write("", to: "taken")
        let folder = try SegmentFolder(root: file, environment: "test", model: "churn")
        let error = #expect(throws: LogError.self) { try PredictionLogWriter(folder: folder) }
        #expect(error?.kind == .unwritable)
        #expect(try #require(error).message.contains(folder.path))
    }
}
