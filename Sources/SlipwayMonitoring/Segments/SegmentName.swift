import SlipwayData

/// The name of a segment file: the times that its records may have, the process, and a random part.
///
/// `20260301T093000125Z-20260301T103000125Z-0000004711-9f3a5c1e00b2d477.predictions` — names sort by start, no two
/// writers share one, and a reader of some window need not open the others. Earlier programs left the second time out;
/// such a segment holds records of its start's day.
struct SegmentName: Comparable, Sendable {
    /// How much older than its segment's start a record may be, in milliseconds: answers overtake each other.
    static let lateness: Int64 = 60_000
    /// The same for a segment of a whole day.
    static let latenessOfDay: Int64 = 3_600_000

    /// The name in its folder.
    let text: String
    /// The time of the first record.
    let start: Timestamp
    /// The times that its records may have.
    let span: TimeWindow

    /// What the extension of a compacted segment ends in.
    static let compactedEnding = ".parquet"

    /// Whether the segment was compacted.
    var isCompacted: Bool { text.hasSuffix(Self.compactedEnding) }

    init(start: Timestamp, end: Timestamp, process: Int32, random: UInt64, fileExtension: String) {
        self.start = start
        span = Self.span(start: start, end: end)
        let processText = String(process)
        let randomText = String(random, radix: 16)
        let paddedProcess = String(repeating: "0", count: max(0, 10 - processText.count)) + processText
        let paddedRandom = String(repeating: "0", count: max(0, 16 - randomText.count)) + randomText
        text = "\(start.compactText)-\(end.compactText)-\(paddedProcess)-\(paddedRandom).\(fileExtension)"
    }

    /// Reads the name of a file; `nil` when it is not one of these segments.
    init?(_ text: String, fileExtension: String) {
        guard text.hasSuffix(".\(fileExtension)") else { return nil }
        let parts = text.split(separator: "-", maxSplits: 2)
        guard parts.count > 1, let start = Timestamp(compactText: String(parts[0])) else { return nil }
        self.text = text
        self.start = start
        if let end = Timestamp(compactText: String(parts[1])) {
            span = Self.span(start: start, end: end)
        } else {
            span = Self.dayOf(start)
        }
    }

    private static func span(start: Timestamp, end: Timestamp) -> TimeWindow {
        TimeWindow(from: start.adding(milliseconds: -lateness), until: max(end, start.adding(milliseconds: 1)))
    }

    private static func dayOf(_ start: Timestamp) -> TimeWindow {
        let dayStart = Timestamp(milliseconds: start.day * Timestamp.millisecondsPerDay)
        return TimeWindow(
            from: dayStart.adding(milliseconds: -latenessOfDay),
            until: dayStart.adding(milliseconds: Timestamp.millisecondsPerDay))
    }

    /// Whether the left segment began earlier.
    static func < (left: SegmentName, right: SegmentName) -> Bool { left.text < right.text }
}
