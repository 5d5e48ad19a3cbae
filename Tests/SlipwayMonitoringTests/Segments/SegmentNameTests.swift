import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct SegmentNameTests {
    private let hour: Int64 = 3_600_000

    @Test func aNameReadsBackWithItsTimes() throws {
        let name = SegmentName(
            start: SampleRecords.start, end: SampleRecords.start.adding(milliseconds: hour), process: 12, random: 0xAB,
            fileExtension: "predictions")
        let read = try #require(SegmentName(name.text, fileExtension: "predictions"))
        #expect(read.start == name.start)
        #expect(read.span == name.span)
        #expect(read.span.contains(SampleRecords.start.adding(milliseconds: -SegmentName.lateness)))
        #expect(!read.span.contains(SampleRecords.start.adding(milliseconds: hour)))
    }

    @Test func aNameOfAnEarlierProgramStandsForItsDay() throws {
        let text = "20260301T093000125Z-0000004711-9f3a5c1e00b2d477.predictions"
        let name = try #require(SegmentName(text, fileExtension: "predictions"))
        let day = Timestamp(milliseconds: name.start.day * Timestamp.millisecondsPerDay)
        #expect(name.span.start == day.adding(milliseconds: -hour))
        #expect(name.span.end == day.adding(milliseconds: 24 * hour))
    }

    @Test func mutatedNamesReadOrNotButNeverTrap() {
        let end = SampleRecords.start.adding(milliseconds: hour)
        let name = SegmentName(start: SampleRecords.start, end: end, process: 1, random: 2, fileExtension: "p")
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<2_000 {
            let text = String(decoding: generator.mutating(Array(name.text.utf8)), as: UTF8.self)
            guard let read = SegmentName(text, fileExtension: "p") else { continue }
            #expect(read.span.start < read.span.end && read.text == text)
        }
    }

    @Test(arguments: [
        "", "predictions", ".predictions", "x-y.predictions", "20260301T093000125Z.predictions",
        "20261301T093000125Z-1-2.predictions", "20260301T093000125Z-1-2.feedback",
    ])
    func otherNamesAreNone(_ text: String) {
        #expect(SegmentName(text, fileExtension: "predictions") == nil)
    }
}
