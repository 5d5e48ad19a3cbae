public import SlipwayData

extension SegmentReader {
    /// How far back the latest records are looked for, in hours, before the whole log is read.
    private static var lookBackHours: [Int64] { [1, 24, 30 * 24] }

    /// The latest records, the last one last.
    ///
    /// Segments of earlier times are opened only while later ones hold too few.
    ///
    /// - Parameter now: The time from which to look back.
    /// - Throws: ``LogError`` of kind `unreadable` when the log cannot be read.
    /// - Complexity: O(records of the times looked at), in memory for twice as many as are wanted.
    public func latest(_ count: Int, before now: Timestamp = .now()) throws(LogError) -> [Record] {
        for hours in Self.lookBackHours {
            let start = now.adding(milliseconds: -hours * 3_600_000)
            let found = try last(count, in: TimeWindow(from: start, until: .latest))
            if found.count == count { return found }
        }
        return try last(count, in: .all)
    }

    private func last(_ count: Int, in window: TimeWindow) throws(LogError) -> [Record] {
        var latest: [Record] = []
        let records = try records(in: window)
        while let record = try records.next() {
            latest.append(record)
            // Trimmed in halves, so that a long log costs one pass and a bounded list.
            if latest.count >= 2 * count { latest.removeFirst(latest.count - count) }
        }
        return latest.suffix(count)
    }
}
