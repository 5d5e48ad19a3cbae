import Foundation
public import SlipwayData

/// The compaction of the prediction logs of an environment, and what came of it.
///
/// The segments of each day that ended before a time become one Parquet file; every reader of a log reads both kinds.
/// A segment that is still being written, or whose bytes were changed, stays as it is.
public struct LogCompaction: Equatable, Sendable {
    /// The age from which a day is compacted, unless told otherwise: 7 days.
    public static let ageMinDefault = Duration.seconds(7 * 86_400)

    /// The files that were made.
    public private(set) var fileCount = 0
    /// The segments that went into them.
    public private(set) var segmentCount = 0
    /// The records that those held.
    public private(set) var recordCount = 0
    /// The bytes of the segments.
    public private(set) var byteCountBefore = 0
    /// The bytes of the files.
    public private(set) var byteCountAfter = 0
    /// The segments that were left because bytes of them were changed on disk.
    public private(set) var changedSegmentCount = 0
    /// The segments that are old enough, where nothing was done: without DuckDB, or when only asked.
    public private(set) var dueSegmentCount = 0
    /// Why nothing could be done; `nil` where it could.
    public private(set) var absence: String?

    /// Whether nothing was compacted.
    public var isEmpty: Bool { fileCount == 0 }

    /// Compacts the logs of an environment.
    ///
    /// - Parameters:
    ///   - root: The folder of all logs.
    ///   - ageMin: How long ago a day must have ended.
    ///   - isTrial: Whether only to count what would be compacted.
    /// - Throws: ``LogError`` when a log cannot be read or written; what was compacted before stays so.
    public init(
        root: String, environment: String, parquet: any ParquetFiles, ageMin: Duration = Self.ageMinDefault,
        at now: Timestamp = .now(), isTrial: Bool = false
    ) throws(LogError) {
        let cutoff = now.adding(milliseconds: -Int64(clamping: Int(ageMin / .milliseconds(1))))
        var due: [SegmentFolder] = []
        for folder in try SegmentFolder.all(root: root, environment: environment, parquet: parquet) {
            let count = try SegmentCompactor.due(in: folder, before: cutoff).reduce(0) { $0 + $1.value.count }
            let hasLeftovers = try SegmentCompactor.hasLeftovers(in: folder)
            if count > 0 || hasLeftovers { due.append(folder) }
            dueSegmentCount += count
        }
        guard !due.isEmpty, !isTrial else { return }
        // Asked only now: the library is not loaded for logs that have nothing to compact.
        absence = parquet.absence
        guard absence == nil else { return }
        dueSegmentCount = 0
        for folder in due {
            try SegmentCompactor(folder: folder, parquet: parquet).compact(before: cutoff, into: &self)
        }
    }

    /// Nothing yet.
    init() {}

    mutating func add(segments: Int, records: Int, bytesBefore: Int, bytesAfter: Int) {
        fileCount += 1
        segmentCount += segments
        recordCount += records
        byteCountBefore += bytesBefore
        byteCountAfter += bytesAfter
    }

    mutating func leave(_ count: Int) { changedSegmentCount += count }
}

extension LogCompaction: CustomStringConvertible {
    /// What was compacted, in a sentence.
    public var description: String {
        guard !isEmpty else { return "nothing of the logs was compacted" }
        return "\(segmentCount) segments of the logs with \(recordCount) records and \(byteCountBefore) bytes were "
            + "compacted into \(fileCount) Parquet files with \(byteCountAfter) bytes"
    }
}
