/// Lines of a segment that are kept or refused together.
package struct SegmentLines: Sendable {
    /// The lines, each with its line feed.
    package var bytes: [UInt8]
    /// The earliest and the latest time of the records; both belong to it.
    var span: TimeWindow

    /// Joins lines into one write.
    static func joined(_ parts: [SegmentLines]) -> SegmentLines? {
        guard var joined = parts.first else { return nil }
        guard parts.count > 1 else { return joined }
        joined.bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
        for part in parts.dropFirst() {
            joined.bytes += part.bytes
            joined.span.start = min(joined.span.start, part.span.start)
            joined.span.end = max(joined.span.end, part.span.end)
        }
        return joined
    }
}
