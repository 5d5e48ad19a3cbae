import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct SegmentStreamTests {
    private let temporary: TemporaryFolder
    private let folder: SegmentFolder

    init() throws {
        temporary = try TemporaryFolder()
        folder = try SampleRecords.folder(in: temporary)
        try folder.create()
    }

    private static func lines(_ records: [PredictionRecord]) throws -> [[UInt8]] {
        try records.map { record in
            var bytes: [UInt8] = []
            try SegmentLine.write(record, into: &bytes)
            return bytes
        }
    }

    private func write(_ bytes: [UInt8], process: Int32 = 1, start: Timestamp = SampleRecords.start) throws {
        let name = SegmentName(
            start: start, end: start.adding(milliseconds: 3_600_000), process: process, random: 0,
            fileExtension: "predictions")
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder.path)/\(name.text)"))
    }

    @Test func aSegmentCutAnywhereGivesBackEveryWholeRecordAndInventsNothing() throws {
        let records = SampleRecords.predictions(3)
        let lines = try Self.lines(records)
        let bytes = Array(lines.joined())
        let ends = lines.indices.map { lines[...$0].reduce(0) { $0 + $1.count } }
        for length in 0...bytes.count {
            try write(Array(bytes[..<length]))
            let wholeCount = ends.count { $0 <= length }
            let read = try SampleRecords.readAll(folder)
            #expect(read.records == Array(records[..<wholeCount]), "cut at \(length)")
            #expect(read.summary.tornLineCount == (length == 0 || ends.contains(length) ? 0 : 1), "cut at \(length)")
            #expect(read.summary.corruptLineCount == 0)
        }
    }

    @Test func aChangedByteCostsItsOwnLineAndIsReported() throws {
        let records = SampleRecords.predictions(3)
        let lines = try Self.lines(records)
        for index in lines[1].indices.dropLast() {
            var damaged = lines[1]
            damaged[index] ^= 0x20
            try write(lines[0] + damaged + lines[2])
            let read = try SampleRecords.readAll(folder)
            #expect(read.records == [records[0], records[2]], "byte \(index)")
            if damaged[index] == SegmentLine.lineFeed { continue }
            #expect(read.summary.corruptLineCount == 1)
            let damage = try #require(read.summary.damages.first)
            #expect(damage.first.line == 2 && damage.first.file.hasSuffix(".predictions"))
        }
    }

    @Test func theDamageOfAFileIsToldOnceHoweverMuchItIs() throws {
        let records = SampleRecords.predictions(300)
        let lines = try Self.lines(records)
        try write(lines[0] + Array(lines[1...298].map { [0x21] + $0.dropFirst() }.joined()) + lines[299])
        let read = try SampleRecords.readAll(folder)
        #expect(read.records == [records[0], records[299]])
        #expect(read.summary.corruptLineCount == 298)
        #expect(read.summary.damages.map(\.lineCount) == [298])
        #expect(read.summary.damages.map(\.first.line) == [2])
    }

    @Test func aLostLineFeedCostsTheTwoLinesItParted() throws {
        let records = SampleRecords.predictions(4)
        let lines = try Self.lines(records)
        try write(lines[0] + lines[1].dropLast() + lines[2] + lines[3])
        let read = try SampleRecords.readAll(folder)
        #expect(read.records == [records[0], records[3]])
        #expect(read.summary.damages.map(\.first.line) == [2])
    }

    @Test func aLineLongerThanAnyRecordIsPassedOver() throws {
        let lines = try Self.lines(SampleRecords.predictions(2))
        let endless = [UInt8](repeating: 0x78, count: SegmentLine.byteCountMax * 2) + [SegmentLine.lineFeed]
        try write(lines[0] + endless + lines[1] + endless.dropLast())
        let read = try SampleRecords.readAll(folder)
        #expect(read.records == SampleRecords.predictions(2))
        #expect(read.summary.damages.map(\.first.line) == [2])
        #expect(read.summary.tornLineCount == 1)
    }

    @Test func overlappingSegmentsAreMergedByTime() throws {
        let records = SampleRecords.predictions(60)
        for writer in 0..<3 {
            let own = records.filter { $0.latencyMicroseconds % 3 == writer }
            let start = try #require(own.first).time
            try write(Array(try Self.lines(own).joined()), process: Int32(writer), start: start)
        }
        #expect(try SampleRecords.readAll(folder).records == records)
    }

    @Test func everyWindowGivesTheRecordsOfItsTimes() throws {
        let offsets: [Int64] = [-3_000, -1, 0, 1, 999, 1_000, 59_999, 60_000, 3_599_999]
        let records = offsets.enumerated().map { SampleRecords.prediction($0, offset: $1) }
        try write(Array(try Self.lines(records).joined()))
        let bounds = offsets + offsets.map { $0 + 1 } + [-100_000, 10_000_000]
        for from in bounds {
            for until in bounds {
                let window = TimeWindow(
                    from: SampleRecords.start.adding(milliseconds: from),
                    until: SampleRecords.start.adding(milliseconds: until))
                let expected = records.filter { window.contains($0.time) }
                #expect(try SampleRecords.readAll(folder, in: window).records == expected, "\(from)..<\(until)")
            }
        }
    }

    @Test func aChangedByteIsReportedInRecordsOfOtherTimesToo() throws {
        let lines = try Self.lines(SampleRecords.predictions(3))
        for index in lines[1].indices.dropLast() {
            var damaged = lines[1]
            damaged[index] ^= 0x01
            if damaged.dropLast().contains(SegmentLine.lineFeed) { continue }
            try write(lines[0] + damaged + lines[2])
            let read = try SampleRecords.readAll(folder, in: TimeWindow(from: .earliest, until: SampleRecords.start))
            #expect(read.records.isEmpty)
            #expect(read.summary.corruptLineCount == 1, "byte \(index)")
        }
    }

    @Test func recordsOfOtherTimesAreNotParsed() throws {
        var object = SampleRecords.prediction(1).json
        object["model"] = .null
        let text = JSONValue.object(object).text
        // A line that cannot be a record is told only by parsing it.
        let checksum = String(CRC32.checksum(Array(text.utf8)), radix: 16)
        let line = String(repeating: "0", count: 8 - checksum.count) + checksum + " " + text + "\n"
        try write(Array(line.utf8))
        #expect(try SampleRecords.readAll(folder).summary.corruptLineCount == 1)
        let later = TimeWindow(from: SampleRecords.start.adding(milliseconds: 2), until: .latest)
        #expect(try SampleRecords.readAll(folder, in: later).summary.corruptLineCount == 0)
    }

    @Test func aWindowHoldsItsStartAndNotItsEnd() throws {
        let records = SampleRecords.predictions(10)
        try write(Array(try Self.lines(records).joined()))
        let window = TimeWindow(from: records[3].time, until: records[6].time)
        #expect(try SampleRecords.readAll(folder, in: window).records == Array(records[3..<6]))
    }

    @Test func otherFilesInTheFolderAreLeftAlone() throws {
        try write(Array(try Self.lines(SampleRecords.predictions(2)).joined()))
        for name in ["notes.txt", "x.predictions", "20260301T093000000Z-1-1.feedback", ".predictions"] {
            try Data("junk\n".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
        }
        let read = try SampleRecords.readAll(folder)
        #expect(read.records.count == 2)
        #expect(read.summary.corruptLineCount == 0)
    }

    @Test func aLogThatWasNeverWrittenIsEmpty() throws {
        let absent = try SegmentFolder(root: temporary.path, environment: "test", model: "none")
        #expect(try SampleRecords.readAll(absent).records.isEmpty)
    }

    @Test func mutatedSegmentsNeverTrapOrInvent() throws {
        let records = SampleRecords.predictions(3)
        let known = Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
        let bytes = Array(try Self.lines(records).joined())
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<2_000 {
            try write(generator.mutating(bytes))
            let read = try SampleRecords.readAll(folder)
            #expect(read.records.allSatisfy { known[$0.id] == $0 })
        }
    }
}
