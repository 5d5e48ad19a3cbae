import Foundation
import SlipwayData
import SlipwayDuckDB
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

@Suite(.enabled(if: Library.shared.isAvailable))
struct LogCompactionTests {
    @Test func eachDayBecomesOneFileThatReadsTheSame() throws {
        let log = try CompactedLog()
        let before = try log.records()
        let compaction = try log.compact(hour: 72)
        #expect(compaction.fileCount == 3 && compaction.segmentCount == 6)
        #expect(compaction.recordCount == before.count)
        #expect(compaction.byteCountAfter > 0 && compaction.byteCountBefore > 0)
        #expect(try log.files().count == 3 && log.count(of: ".predictions.parquet") == 3)
        #expect(try log.records() == before)
        #expect("\(compaction)".contains("6 segments"))
    }

    @Test func daysThatAreNotOverStay() throws {
        let log = try CompactedLog()
        let before = try log.records()
        // Half past nine of the second day, when only the first one is over.
        #expect(try log.compact(hour: 24).fileCount == 1)
        #expect(try log.count(of: ".parquet") == 1 && log.count(of: ".predictions") == 3)
        #expect(try log.records() == before)
        #expect(try log.compact(hour: 24).isEmpty)
    }

    @Test func aSegmentThatIsStillWrittenStays() throws {
        let log = try CompactedLog()
        let writer = try PredictionLogWriter(folder: log.folder)
        try writer.append([SampleRecords.prediction(9_999, offset: CompactedLog.hour)])
        try log.compact(hour: 72)
        #expect(try log.count(of: ".predictions") == 1)
        try writer.append([SampleRecords.prediction(9_998, offset: CompactedLog.hour + 1)])
        try writer.close()
        #expect(try log.records().count == CompactedLog.hours.count * CompactedLog.perSegment + 2)
        try log.compact(hour: 72)
        #expect(try log.count(of: ".predictions") == 0)
        #expect(try log.records().count == CompactedLog.hours.count * CompactedLog.perSegment + 2)
    }

    @Test func aStretchOfTimeIsReadFromBothKinds() throws {
        let log = try CompactedLog()
        let window = TimeWindow(from: log.time(hour: 2).adding(milliseconds: 5_000), until: log.time(hour: 25))
        let before = try log.records(in: window)
        try log.compact(hour: 24)
        #expect(before.count == 35 + 2 * CompactedLog.perSegment)
        #expect(try log.records(in: window) == before)
        let latest = try PredictionLogReader(folder: log.folder).latest(50, before: log.time(hour: 49))
        #expect(try latest == log.records().suffix(50))
    }

    @Test(arguments: 0..<20)
    func whereverItIsStoppedNoRecordIsLostOrDoubled(stop: Int) throws {
        let log = try CompactedLog()
        let before = try log.records()
        var reached = 0
        var compactor = SegmentCompactor(folder: log.folder, parquet: DuckDBParquet())
        compactor.reach = { (_) throws(LogError) in
            reached += 1
            if reached > stop { throw LogError(.closed, "stopped here") }
        }
        var compaction = LogCompaction()
        #expect(throws: LogError.self) { try compactor.compact(before: log.time(hour: 72), into: &compaction) }
        #expect(try log.records() == before)
        try log.compact(hour: 72)
        #expect(try log.records() == before)
        #expect(try log.files().count == log.count(of: ".predictions.parquet"))
    }

    @Test func aReaderKeepsWhatItHasNotReadYet() throws {
        let log = try CompactedLog()
        let before = try log.records()
        try {
            let stream = try PredictionLogReader(folder: log.folder).records()
            var read = [try #require(try stream.next())]
            var compactor = SegmentCompactor(folder: log.folder, parquet: DuckDBParquet())
            compactor.readersTimeMax = .zero
            var compaction = LogCompaction()
            try compactor.compact(before: log.time(hour: 72), into: &compaction)
            #expect(try log.count(of: ".predictions") == 6 && log.count(of: ".parquet") == 3)
            #expect(try log.records() == before)
            while let record = try stream.next() { read.append(record) }
            #expect(read == before)
        }()
        try log.compact(hour: 72)
        #expect(try log.count(of: ".predictions") == 0)
        #expect(try log.records() == before)
    }

    @Test func oneCompactorAtATimeWorksOnALog() throws {
        let log = try CompactedLog()
        let lock = FileLock(taking: "\(log.folder.path)/.compaction", flags: O_RDWR | O_CREAT)
        #expect(try log.compact(hour: 72).isEmpty)
        _ = consume lock
        #expect(try log.compact(hour: 72).fileCount == 3)
    }

    @Test func aSegmentWithChangedBytesStaysForSomebodyToLookAt() throws {
        let log = try CompactedLog()
        let name = try #require(try log.files().first)
        let path = URL(fileURLWithPath: "\(log.folder.path)/\(name)")
        var bytes = try Data(contentsOf: path)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: path)
        let before = try SampleRecords.readAll(log.folder)
        let compaction = try log.compact(hour: 72)
        #expect(compaction.changedSegmentCount == 1 && compaction.segmentCount == 5)
        #expect(try log.count(of: ".predictions") == 1)
        let after = try SampleRecords.readAll(log.folder)
        #expect(after.records == before.records && after.summary.corruptLineCount == 1)
    }

    @Test func nothingIsLeftOfAFileForWhichThereIsNoRoom() throws {
        let log = try CompactedLog()
        let full = LossyParquet(failure: DataError(.unwritable, "no space left on the disk"))
        let error = #expect(throws: LogError.self) { try log.compact(hour: 72, parquet: full) }
        #expect(error?.message.contains("no space left") == true)
        #expect(try log.files().count == 6)
    }

    @Test func aListOfReplacedSegmentsThatCannotBeReadLetsNothingCountTwice() throws {
        let log = try CompactedLog()
        var compactor = SegmentCompactor(folder: log.folder, parquet: DuckDBParquet())
        compactor.reach = { (step) throws(LogError) in
            if step == .renamed { throw LogError(.closed, "stopped here") }
        }
        var compaction = LogCompaction()
        #expect(throws: LogError.self) { try compactor.compact(before: log.time(hour: 72), into: &compaction) }
        let list = try #require(try log.files().first { $0.hasSuffix(ReplacedSegments.ending) })
        // Whoever runs the tests may read every file, but nobody a folder as one.
        let path = "\(log.folder.path)/\(list)"
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let unread = #expect(throws: LogError.self) { try log.records() }
        #expect(unread?.kind == .unreadable)
        let uncompacted = #expect(throws: LogError.self) { try log.compact(hour: 72) }
        #expect(uncompacted?.kind == .unreadable)
    }

    @Test func aFileThatReadsBackOtherwiseIsNotTrusted() throws {
        let log = try CompactedLog()
        let before = try log.records()
        let error = #expect(throws: LogError.self) { try log.compact(hour: 72, parquet: LossyParquet()) }
        #expect(error?.message.contains("reads back as 119 records, not as the 120") == true)
        #expect(try log.files().count == 6)
        #expect(try log.count(of: ".parquet") == 0 && log.count(of: ".predictions") == 6)
        #expect(try log.records() == before)
    }

    @Test func withoutDuckDBTheLogStaysAsItIs() throws {
        let absent = DuckDBParquet(library: Library(environment: [Library.environmentVariable: "/nowhere.so"]))
        let log = try CompactedLog(parquet: absent)
        let compaction = try log.compact(hour: 72, parquet: absent)
        #expect(compaction.isEmpty && compaction.dueSegmentCount == 6)
        #expect(compaction.absence?.contains("dev/setup") == true)
        #expect(try log.records().count == 240)
        try log.compact(hour: 72)
        let error = #expect(throws: LogError.self) { try log.records() }
        #expect(error?.message.contains("DuckDB") == true && error?.hint?.contains("dev/setup") == true)
    }

    @Test func aTrialCountsAndChangesNothing() throws {
        let log = try CompactedLog()
        let before = try log.files()
        let trial = try LogCompaction(
            root: log.temporary.path, environment: "production", parquet: DuckDBParquet(), ageMin: .zero,
            at: log.time(hour: 24), isTrial: true)
        #expect(trial.dueSegmentCount == 3 && trial.isEmpty)
        #expect(try log.files() == before)
    }

    @Test func retentionAndSizeCountBothKinds() throws {
        let log = try CompactedLog()
        try log.compact(hour: 24)
        func prune(_ retention: LogRetention) throws -> LogPruning {
            try LogPruning(
                root: log.temporary.path, environment: "production", keeping: retention, at: log.time(hour: 72),
                isTrial: true)
        }
        #expect(try prune(LogRetention()).kept.count == 4)
        #expect(try prune(LogRetention(ageMax: .seconds(60 * 3_600))).tooOld.count == 1)
        #expect(try prune(LogRetention(byteCountMax: 1)).tooMuch.count == 4)
    }

    @Test func feedbackFindsItsPredictionsInBothKinds() throws {
        let log = try CompactedLog()
        let feedback = try FeedbackLogWriter(folder: log.folder)
        try feedback.append(
            log.records().enumerated().filter { $0.offset % 3 == 0 }.map { _, record in
                FeedbackRecord(
                    subject: .prediction(record.id), actual: .integer(1),
                    time: record.time.adding(milliseconds: 90_000_000))
            })
        try feedback.close()
        let before = try JoinedOutcomes(in: log.folder)
        #expect(before.rows.count == 80)
        try log.compact(hour: 48)
        #expect(try JoinedOutcomes(in: log.folder).rows.map(\.id) == before.rows.map(\.id))
    }
}

/// Loses the last row of every batch that it writes.
private struct LossyParquet: ParquetFiles {
    let absence: String? = nil
    /// What keeps it from writing at all.
    var failure: DataError?

    func table(parsing bytes: [UInt8], columns: Set<String>, limits: ParquetLimits) throws(DataError) -> Table {
        try DuckDBParquet().table(parsing: bytes, columns: columns, limits: limits)
    }

    func batches(
        of path: String, columns: [ParquetColumn], in range: ParquetRange?
    ) throws(DataError) -> any TableBatches {
        try DuckDBParquet().batches(of: path, columns: columns, in: range)
    }

    func write(
        _ columns: [ParquetColumn], to path: String, rows: @escaping () throws(DataError) -> Table?
    ) throws(DataError) {
        try DuckDBParquet().write(columns, to: path) { () throws(DataError) in
            if let failure { throw failure }
            guard let table = try rows() else { return nil }
            return table.selecting(rows: Array(0..<table.rowCount - 1))
        }
    }
}
