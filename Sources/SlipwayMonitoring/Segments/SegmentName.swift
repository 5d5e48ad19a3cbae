import SlipwayData

/// The name of a segment file: the time of its first record, the process, and a random part.
///
/// `20260301T093000125Z-0000004711-9f3a5c1e00b2d477.predictions` — names sort by start, and no two writers share one.
struct SegmentName: Comparable, Sendable {
    /// How much older than its segment's day a record may be, in milliseconds: answers around midnight overtake.
    static let lateness: Int64 = 3_600_000

    /// The name in its folder.
    let text: String
    /// The time of the first record.
    let start: Timestamp

    init(start: Timestamp, process: Int32, random: UInt64, fileExtension: String) {
        self.start = start
        let processText = String(process)
        let randomText = String(random, radix: 16)
        let paddedProcess = String(repeating: "0", count: max(0, 10 - processText.count)) + processText
        let paddedRandom = String(repeating: "0", count: max(0, 16 - randomText.count)) + randomText
        text = "\(start.compactText)-\(paddedProcess)-\(paddedRandom).\(fileExtension)"
    }

    /// Reads the name of a file; `nil` when it is not one of these segments.
    init?(_ text: String, fileExtension: String) {
        guard text.hasSuffix(".\(fileExtension)"), let dash = text.firstIndex(of: "-"),
            let start = Timestamp(compactText: String(text[..<dash]))
        else { return nil }
        self.text = text
        self.start = start
    }

    /// The times that records of this segment may have: its day, and the hour before for late answers.
    var span: TimeWindow {
        let dayStart = Timestamp(milliseconds: start.day * Timestamp.millisecondsPerDay)
        return TimeWindow(
            from: dayStart.adding(milliseconds: -Self.lateness),
            until: dayStart.adding(milliseconds: Timestamp.millisecondsPerDay))
    }

    /// Whether the left segment began earlier.
    static func < (left: SegmentName, right: SegmentName) -> Bool { left.text < right.text }
}
