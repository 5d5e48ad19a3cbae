import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct SegmentFileTests {
    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full here"))
    func aWriteThatFindsNoSpaceSaysSo() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        var file = SegmentFile(adopting: descriptor, path: "/dev/full", span: .all)
        var failure: LogError?
        do throws(LogError) { try file.append(Array("record\n".utf8)) } catch { failure = error }
        let error = try #require(failure)
        #expect(error.kind == .noSpace)
        #expect(error.message.contains("/dev/full"))
        #expect(error.hint != nil)
        // A device cannot be cut back, so nothing may be added behind what it took.
        let (isTorn, byteCount) = (file.isTorn, file.byteCount)
        #expect(isTorn)
        #expect(byteCount == 0)
    }

    @Test func aNameThatIsTakenIsNotOpened() throws {
        let temporary = try TemporaryFolder()
        let folder = try SampleRecords.folder(in: temporary)
        try folder.create()
        let name = SegmentName(
            start: SampleRecords.start, end: SampleRecords.start.adding(milliseconds: 3_600_000), process: 7, random: 9,
            fileExtension: "predictions")
        #expect(name.text == "20260301T093000000Z-20260301T103000000Z-0000000007-0000000000000009.predictions")
        let isFirstCreated = try SegmentFile(creating: name, in: folder) != nil
        let isSecondCreated = try SegmentFile(creating: name, in: folder) != nil
        #expect(isFirstCreated && !isSecondCreated)
    }

    @Test(.enabled(if: FullDisk.isPossible, "mounting a small file system needs root"))
    func aFullDiskLosesNoWholeRecordAndKeepsNoHalf() throws {
        let temporary = try TemporaryFolder()
        let disk = try FullDisk(at: temporary.path, byteCount: 32 << 10)
        let folder = try SampleRecords.folder(in: temporary)
        let writer = try PredictionLogWriter(folder: folder)
        var answered = 0
        var failure: LogError?
        while failure == nil, answered < 10_000 {
            do throws(LogError) {
                try writer.append([SampleRecords.prediction(answered)])
                answered += 1
            } catch {
                failure = error
            }
        }
        #expect(failure?.kind == .noSpace)
        #expect(answered > 10)
        for _ in 0..<3 { #expect(throws: LogError.self) { try writer.append([SampleRecords.prediction(answered)]) } }
        var read = try SampleRecords.readAll(folder)
        #expect(read.records == SampleRecords.predictions(answered))
        #expect(read.summary.tornLineCount == 0 && read.summary.corruptLineCount == 0)

        try disk.grow(toByteCount: 64 << 10)
        try writer.append([SampleRecords.prediction(answered)])
        try writer.close()
        read = try SampleRecords.readAll(folder)
        #expect(read.records == SampleRecords.predictions(answered + 1))
        #expect(read.summary.tornLineCount == 0 && read.summary.corruptLineCount == 0)
    }
}
