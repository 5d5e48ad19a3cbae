import SlipwayData

/// Reads the log of one model in one environment, whoever wrote it and however the writers ended.
public struct SegmentReader<Record: SegmentRecord>: Sendable {
    /// The folder of the segments.
    public let folder: SegmentFolder

    /// Names a log; nothing is read yet, and a folder that does not exist reads as empty.
    public init(folder: SegmentFolder) { self.folder = folder }

    /// The records in the order of their time, read as they are asked for.
    ///
    /// Segments that overlap are merged by the time of their next record. Within a segment records come as written, so
    /// answers that overtook each other may be out of order by their latency.
    ///
    /// - Parameter window: The times wanted; segments of other days are not opened.
    /// - Throws: ``LogError`` of kind `unreadable` when the folder cannot be read.
    public func records(in window: TimeWindow = .all) throws(LogError) -> SegmentStream<Record> {
        let lock = FileLock(sharing: folder)
        let names = try folder.readableSegments(of: Record.self)
            .filter { $0.span.start < window.end && window.start < $0.span.end }
        return SegmentStream(folder: folder, names: names, window: window, lock: lock)
    }
}
