import SlipwayData

/// A segment that is being read, as it was written or compacted.
enum SegmentSource {
    case lines(SegmentLineReader)
    case compacted(CompactedSegmentReader)

    /// Opens a segment; `nil` when there is none.
    ///
    /// - Throws: ``LogError`` of kind `unreadable`.
    init?(_ name: SegmentName, in folder: SegmentFolder, window: TimeWindow) throws(LogError) {
        let path = "\(folder.path)/\(name.text)"
        if name.isCompacted {
            guard let reader = try CompactedSegmentReader(path: path, window: window, parquet: folder.parquet) else {
                return nil
            }
            self = .compacted(reader)
        } else {
            guard let reader = try SegmentLineReader(path: path) else { return nil }
            self = .lines(reader)
        }
    }

    /// The path of the file.
    var path: String {
        switch self {
        case .lines(let reader): reader.path
        case .compacted(let reader): reader.path
        }
    }

    /// What the next line is, or the next row.
    func next<Record: SegmentRecord>(
        as type: Record.Type, in window: WindowText
    ) throws(LogError) -> SegmentLineReader.Line<Record> {
        switch self {
        case .lines(let reader): try reader.next(as: type, in: window)
        case .compacted(let reader): try reader.next(as: type, in: window)
        }
    }
}
