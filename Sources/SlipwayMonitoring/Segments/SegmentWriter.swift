import Foundation
public import SlipwayData
import Synchronization

/// Adds records to a log; any number of threads may call it, and any number of processes may write beside it.
///
/// **What a return means.** An `append` returns after `write(2)` took the whole batch, so a process killed at any
/// later moment loses none of it. A loss of power can lose what was not flushed: ``sync()`` flushes (call it every
/// second or so in the background), and so do the change to a new segment and ``close()``.
///
/// **What a throw means.** The batch is not in the log: the segment is cut back to its last whole record. Only a batch
/// whose records are of several days may be there in part.
///
/// **Segments.** A file is created exclusively, on the first record, and never opened again by another writer; it is
/// locked while it may grow. A new one begins at the limits of size and age, and when the clock steps back by more than
/// the lateness of answers; see ``SegmentName``. So it does where somebody deleted the file that was being written.
public final class SegmentWriter<Record: SegmentRecord>: Sendable {
    /// The folder of the segments.
    public let folder: SegmentFolder

    private struct State: ~Copyable {
        var file: SegmentFile?
        var isClosed = false
        var flushFailure: LogError?
    }

    private let limits: SegmentLimits
    private let random: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// Opens a log and creates its folder.
    ///
    /// - Parameters:
    ///   - folder: The folder of the segments.
    ///   - limits: When a new segment begins.
    ///   - random: The random part of file names.
    /// - Throws: ``LogError`` when the folder cannot be created.
    public init(
        folder: SegmentFolder, limits: SegmentLimits = SegmentLimits(),
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) throws(LogError) {
        self.folder = folder
        self.limits = limits
        self.random = random
        try folder.create()
    }

    /// Adds records, all or none of them.
    ///
    /// - Throws: ``LogError`` of kind `noSpace`, `unwritable`, `limitExceeded`, or `closed`.
    public func append(_ records: [Record]) throws(LogError) {
        for lines in try Self.lines(of: records) { try append(lines) }
    }

    /// Flushes what was added so far to the disk; records may be added meanwhile.
    ///
    /// - Throws: ``LogError`` when this flush, or one at the change to a new segment since the last call, failed.
    public func sync() throws(LogError) {
        let file = state.withLock { $0.file?.duplicate() }
        if let file { try file.synchronize() }
        if let failure = state.withLock({ $0.flushFailure.take() }) { throw failure }
    }

    /// Flushes and closes the log, which refuses later records; closing twice does nothing.
    public func close() throws(LogError) {
        let file = state.withLock { state in
            state.isClosed = true
            return state.file.take()
        }
        if let file { try file.synchronize() }
    }

    /// Closes the segment whose time is over, so that it can be removed although no record follows.
    ///
    /// - Throws: ``LogError`` when it cannot be brought to the disk.
    public func retire(at now: Timestamp) throws(LogError) {
        let old = state.withLock { Self.isOver($0.file, at: now) ? $0.file.take() : nil }
        if let old { try old.synchronize() }
    }

    private static func isOver(_ file: borrowing SegmentFile?, at now: Timestamp) -> Bool {
        switch file {
        case nil: false
        case .some(let file): file.span.end <= now
        }
    }

    /// Adds lines, all or none of them.
    package func append(_ lines: SegmentLines) throws(LogError) {
        let full = try state.withLock { (state) throws(LogError) -> SegmentFile? in
            guard !state.isClosed else { throw LogError(.closed, "the log in '\(folder.path)' was closed") }
            let full = needsSegment(state.file, for: lines) ? state.file.take() : nil
            if state.file == nil { state.file = try newSegment(for: lines.span) }
            try state.file?.append(lines.bytes)
            return full
        }
        guard let full else { return }
        do throws(LogError) {
            try full.synchronize()
        } catch {
            // The records of this call are written; the flush of the earlier ones is reported by the next `sync()`.
            state.withLock { $0.flushFailure = error }
        }
    }

    private func needsSegment(_ file: borrowing SegmentFile?, for lines: SegmentLines) -> Bool {
        switch file {
        case nil: return true
        case .some(let file):
            let isFull = file.byteCount > 0 && file.byteCount + lines.bytes.count > limits.byteCountMax
            let fits = file.span.contains(lines.span.start) && file.span.contains(lines.span.end)
            return isFull || file.isTorn || file.isRemoved || !fits
        }
    }

    private func newSegment(for span: TimeWindow) throws(LogError) -> SegmentFile {
        // The folder may have been deleted together with the segment before.
        try folder.create()
        let attemptCountMax = 8
        let end = max(span.start.adding(milliseconds: limits.ageMilliseconds), span.end.adding(milliseconds: 1))
        for _ in 0..<attemptCountMax {
            let name = SegmentName(
                start: span.start, end: end, process: ProcessInfo.processInfo.processIdentifier, random: random(),
                fileExtension: Record.fileExtension)
            if let file = try SegmentFile(creating: name, in: folder) {
                SegmentFile.synchronize(folder)
                return file
            }
        }
        throw LogError(.unwritable, "no free name for a log segment was found in '\(folder.path)'")
    }

    /// The lines of the records, put together by day; nearly always one batch.
    private static func lines(of records: [Record]) throws(LogError) -> [SegmentLines] {
        var batches: [Int64: SegmentLines] = [:]
        for record in records {
            let time = record.time
            let known = batches.removeValue(forKey: time.day)
            var batch = known ?? SegmentLines(bytes: [], span: TimeWindow(from: time, until: time))
            batch.span = TimeWindow(from: min(batch.span.start, time), until: max(batch.span.end, time))
            try SegmentLine.write(record, into: &batch.bytes)
            batches[time.day] = batch
        }
        return batches.sorted { $0.key < $1.key }.map(\.value)
    }
}
