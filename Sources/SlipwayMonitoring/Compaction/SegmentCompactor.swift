import Foundation
import SlipwayData

/// Puts the segments of a day of one prediction log into one Parquet file.
///
/// A kill at any point loses no record and doubles none; what it leaves, the next compactor clears away:
/// 1. The records are written to a hidden file and brought to the disk, read back, and held against the segments.
/// 2. The names of the segments are written beside the name that the file will have (``ReplacedSegments``).
/// 3. The file is renamed. From here on it counts, and the segments do not.
/// 4. The segments are removed once nobody reads the log, and then the file with their names.
struct SegmentCompactor {
    /// The points at which a test stops.
    enum Step: Equatable {
        case written, verified, named, renamed, removed, forgotten
    }

    /// The bytes of segments from which a day is put into several files.
    static let sourceByteCountMax = 2_000_000_000
    /// How long to wait for those who read the log before segments are left for the next time.
    static let readersTimeMaxDefault = Duration.seconds(5)
    private static let readersPause = Duration.milliseconds(20)
    private static let lockName = ".compaction"
    private static let partPrefix = ".compacting-"

    let folder: SegmentFolder
    let parquet: any ParquetFiles
    var sourceByteCountMax = Self.sourceByteCountMax
    var readersTimeMax = Self.readersTimeMaxDefault
    var random: () -> UInt64 = { UInt64.random(in: .min ... .max) }
    var reach: (Step) throws(LogError) -> Void = { _ in }

    /// The days with segments that ended before a time, and what is in them.
    static func due(in folder: SegmentFolder, before cutoff: Timestamp) throws(LogError) -> [Int64: [SegmentName]] {
        let names = try folder.readableSegments(of: PredictionRecord.self).filter { name in
            let dayEnd = Timestamp(milliseconds: (name.start.day + 1) * Timestamp.millisecondsPerDay)
            return !name.isCompacted && max(dayEnd, name.span.end) <= cutoff
        }
        return Dictionary(grouping: names) { $0.start.day }
    }

    /// Whether a compactor before left something to clear away.
    static func hasLeftovers(in folder: SegmentFolder) throws(LogError) -> Bool {
        try folder.fileNames().contains { $0.hasPrefix(partPrefix) || $0.hasSuffix(ReplacedSegments.ending) }
    }

    /// Compacts the segments of all days that ended before a time, the oldest day first.
    ///
    /// - Throws: ``LogError``; what was compacted before stays so.
    func compact(before cutoff: Timestamp, into compaction: inout LogCompaction) throws(LogError) {
        guard let lock = FileLock(taking: "\(folder.path)/\(Self.lockName)", flags: O_RDWR | O_CREAT) else { return }
        try clear()
        for (_, names) in try Self.due(in: folder, before: cutoff).sorted(by: { $0.key < $1.key }) {
            for group in try groups(of: names) {
                try compact(group, into: &compaction)
            }
        }
        _ = consume lock
    }

    /// The segments that nobody writes any more, put together up to the size of one file.
    private func groups(of names: [SegmentName]) throws(LogError) -> [[SegmentName]] {
        var groups: [[SegmentName]] = []
        var groupByteCount = 0
        for name in names {
            let path = "\(folder.path)/\(name.text)"
            // One that was closed is never opened again, so it need not be kept from its writer after this look.
            guard try SegmentFile.isUnused(path) else { continue }
            let byteCount = Self.byteCount(of: path)
            if groups.isEmpty || groupByteCount + byteCount > sourceByteCountMax {
                groups.append([])
                groupByteCount = 0
            }
            groups[groups.count - 1].append(name)
            groupByteCount += byteCount
        }
        return groups
    }

    private static func byteCount(of path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private func compact(_ names: [SegmentName], into compaction: inout LogCompaction) throws(LogError) {
        let part = "\(folder.path)/\(Self.partPrefix)\(String(random(), radix: 16))"
        let rows = CompactionRows(SegmentStream(folder: folder, names: names, window: .all))
        do {
            try parquet.write(CompactedRow.columns, to: part, rows: rows.next)
        } catch {
            // A full disk stays full until the next time otherwise.
            unlink(part)
            throw LogError(error)
        }
        try reach(.written)
        let changed = Set(rows.summary.damages.map { ($0.first.file as NSString).lastPathComponent })
        guard changed.isEmpty else {
            // A segment with changed bytes stays, for somebody to look at; the others are compacted without it.
            unlink(part)
            let whole = names.filter { !changed.contains($0.text) }
            compaction.leave(names.count - whole.count)
            if !whole.isEmpty, whole.count < names.count {
                try compact(whole, into: &compaction)
            }
            return
        }
        guard let span = rows.span else {
            // Segments without a record, as a server leaves them that is killed before its first.
            unlink(part)
            return
        }
        do {
            try verify(part, holds: rows.digest)
        } catch {
            unlink(part)
            throw error
        }
        try reach(.verified)
        let name = SegmentName(
            start: span.start, end: span.end, process: ProcessInfo.processInfo.processIdentifier, random: random(),
            fileExtension: PredictionRecord.fileExtension + SegmentName.compactedEnding)
        try ReplacedSegments(names).write(beside: name, in: folder)
        try reach(.named)
        let path = "\(folder.path)/\(name.text)"
        guard rename(part, path) == 0 else {
            throw .system(errno, "renaming the log segment", path, kind: .unwritable)
        }
        SegmentFile.synchronize(folder)
        try reach(.renamed)
        compaction.add(
            segments: names.count, records: rows.digest.count,
            bytesBefore: names.reduce(0) { $0 + Self.byteCount(of: "\(folder.path)/\($1.text)") },
            bytesAfter: Self.byteCount(of: path))
        try remove(ReplacedSegments(names), of: name)
    }

    /// Reads a file back and compares it with what should be in it.
    private func verify(_ path: String, holds wanted: RecordDigest) throws(LogError) {
        var found = RecordDigest()
        let window = WindowText(.all)
        if let reader = try CompactedSegmentReader(path: path, window: .all, parquet: parquet) {
            while case .record(let record) = try reader.next(as: LoggedPrediction.self, in: window) {
                found.add(record)
            }
        }
        guard found == wanted else {
            throw LogError(
                .unwritable,
                "'\(path)' reads back as \(found.count) records, not as the \(wanted.count) that were written to it",
                hint: "Nothing was removed. Check the disk.")
        }
    }

    /// Removes what a compacted segment replaces, unless somebody reads the log all the while.
    private func remove(_ replaced: ReplacedSegments, of name: SegmentName) throws(LogError) {
        guard let lock = takeFolder() else { return }
        for name in replaced.names where SegmentName(name, fileExtension: PredictionRecord.fileExtension) != nil {
            let path = "\(folder.path)/\(name)"
            guard unlink(path) == 0 || errno == ENOENT else {
                throw .system(errno, "removing the log segment", path, kind: .unwritable)
            }
            try reach(.removed)
        }
        SegmentFile.synchronize(folder)
        unlink("\(folder.path)/\(name.text)\(ReplacedSegments.ending)")
        try reach(.forgotten)
        _ = consume lock
    }

    private func takeFolder() -> FileLock? {
        let deadline = ContinuousClock.now + readersTimeMax
        repeat {
            if let lock = FileLock(taking: folder.path, flags: O_RDONLY | O_DIRECTORY) { return lock }
            Thread.sleep(forTimeInterval: Self.readersPause / .seconds(1))
        } while ContinuousClock.now < deadline
        return nil
    }

    /// Ends what a compactor before this one began: it was killed, or the log was being read.
    private func clear() throws(LogError) {
        let files = try folder.fileNames()
        for file in files {
            if file.hasPrefix(Self.partPrefix) { unlink("\(folder.path)/\(file)") }
            guard file.hasSuffix(ReplacedSegments.ending) else { continue }
            let compacted = SegmentName(
                String(file.dropLast(ReplacedSegments.ending.count)),
                fileExtension: PredictionRecord.fileExtension + SegmentName.compactedEnding)
            guard let compacted else { continue }
            if files.contains(compacted.text) {
                guard let replaced = try ReplacedSegments(of: compacted, in: folder, among: files) else { continue }
                try remove(replaced, of: compacted)
            } else {
                unlink("\(folder.path)/\(file)")
            }
        }
    }
}
