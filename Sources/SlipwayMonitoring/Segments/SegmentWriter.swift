import Foundation
import SlipwayData
import Synchronization

/// Adds records to a log; any number of threads may call it, and any number of processes may write beside it.
///
/// **What a return means.** ``append(_:)`` returns after `write(2)` took the whole batch, so a process killed at any
/// later moment loses none of it. A loss of power can lose what was not flushed: ``sync()`` flushes (call it every
/// second or so in the background), and so do the change to a new segment and ``close()``.
///
/// **What a throw means.** The batch is not in the log: the segment is cut back to its last whole record. Only a batch
/// whose records are of several days may be there in part.
///
/// **Segments.** A file is created exclusively, on the first record, and never opened again by another writer. A new
/// one begins when the size limit is reached and when the UTC day of the records changes; records at most an hour
/// older than the day of the open segment still go into it.
public final class SegmentWriter<Record: SegmentRecord>: Sendable {
    /// The size at which a new segment begins, in bytes: 64 MiB.
    public static var defaultSegmentByteCountMax: Int { 64 << 20 }

    /// The folder of the segments.
    public let folder: SegmentFolder

    private struct State: ~Copyable {
        var file: SegmentFile?
        var isClosed = false
        var flushFailure: LogError?
    }

    private struct Batch {
        var span: TimeWindow
        var bytes: [UInt8]
    }

    private let segmentByteCountMax: Int
    private let random: @Sendable () -> UInt64
    private let state = Mutex(State())

    /// Opens a log and creates its folder.
    ///
    /// - Parameters:
    ///   - folder: The folder of the segments.
    ///   - segmentByteCountMax: The size at which a new segment begins; one record may exceed it.
    ///   - random: The random part of file names.
    /// - Throws: ``LogError`` when the folder cannot be created.
    public init(
        folder: SegmentFolder, segmentByteCountMax: Int = SegmentWriter.defaultSegmentByteCountMax,
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }
    ) throws(LogError) {
        self.folder = folder
        self.segmentByteCountMax = segmentByteCountMax
        self.random = random
        try folder.create()
    }

    /// Adds records, all or none of them.
    ///
    /// - Throws: ``LogError`` of kind `noSpace`, `unwritable`, `limitExceeded`, or `closed`.
    public func append(_ records: [Record]) throws(LogError) {
        for batch in try Self.batches(of: records) { try append(batch) }
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

    private func append(_ batch: Batch) throws(LogError) {
        let full = try state.withLock { (state) throws(LogError) -> SegmentFile? in
            guard !state.isClosed else { throw LogError(.closed, "the log in '\(folder.path)' was closed") }
            let full = needsSegment(state.file, for: batch) ? state.file.take() : nil
            if state.file == nil { state.file = try newSegment(start: batch.span.start) }
            try state.file?.append(batch.bytes)
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

    private func needsSegment(_ file: borrowing SegmentFile?, for batch: Batch) -> Bool {
        switch file {
        case nil: return true
        case .some(let file):
            let isFull = file.byteCount > 0 && file.byteCount + batch.bytes.count > segmentByteCountMax
            let fits = file.span.contains(batch.span.start) && file.span.contains(batch.span.end)
            return isFull || file.isTorn || !fits
        }
    }

    private func newSegment(start: Timestamp) throws(LogError) -> SegmentFile {
        let attemptCountMax = 8
        for _ in 0..<attemptCountMax {
            let name = SegmentName(
                start: start, process: ProcessInfo.processInfo.processIdentifier, random: random(),
                fileExtension: Record.fileExtension)
            if let file = try SegmentFile(creating: name, in: folder) {
                SegmentFile.synchronize(folder)
                return file
            }
        }
        throw LogError(.unwritable, "no free name for a log segment was found in '\(folder.path)'")
    }

    /// The lines of the records, put together by day; nearly always one batch.
    private static func batches(of records: [Record]) throws(LogError) -> [Batch] {
        var batches: [Int64: Batch] = [:]
        for record in records {
            let time = record.time
            let known = batches.removeValue(forKey: time.day)
            var batch = known ?? Batch(span: TimeWindow(from: time, until: time), bytes: [])
            batch.span = TimeWindow(from: min(batch.span.start, time), until: max(batch.span.end, time))
            try SegmentLine.write(record, into: &batch.bytes)
            batches[time.day] = batch
        }
        return batches.sorted { $0.key < $1.key }.map(\.value)
    }
}
