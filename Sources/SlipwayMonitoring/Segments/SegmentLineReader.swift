import Foundation

/// Reads one segment line by line through a buffer that grows with the longest line.
final class SegmentLineReader {
    /// What the next line is.
    enum Line<Record> {
        /// A record of the times wanted.
        case record(Record)
        /// A record of other times.
        case otherTime
        /// A whole line that is no record, by its number from 1.
        case corrupt(line: Int)
        /// Bytes at the end without a line feed.
        case torn
        /// Nothing.
        case end
    }

    private static let initialByteCount = 128 << 10

    let path: String
    private let descriptor: Int32
    private var buffer = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// The part of the buffer that was read from the file and not yet given out.
    private var unread = 0..<0
    private var lineNumber = 0
    private var isAtEnd = false

    /// Opens a segment; `nil` when there is none.
    init?(path: String) throws(LogError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor < 0 else { return }
        if errno == ENOENT { return nil }
        throw .system(errno, "opening the log segment", path, kind: .unreadable)
    }

    deinit {
        buffer.deallocate()
        if descriptor >= 0 { _ = close(descriptor) }
    }

    func next<Record: SegmentRecord>(
        as type: Record.Type, in window: WindowText
    ) throws(LogError) -> Line<Record> {
        var searchedCount = 0
        while true {
            if let feed = lineFeed(from: unread.lowerBound + searchedCount) {
                let line = UnsafeRawBufferPointer(rebasing: buffer[unread.lowerBound..<feed])
                pass(feed)
                return switch SegmentLine.read(line, as: type, in: window) {
                case .record(let record): .record(record)
                case .otherTime: .otherTime
                case .corrupt: .corrupt(line: lineNumber)
                }
            }
            if unread.count >= SegmentLine.byteCountMax { return try skipLine() }
            if isAtEnd {
                defer { unread = unread.upperBound..<unread.upperBound }
                return unread.isEmpty ? .end : .torn
            }
            searchedCount = unread.count
            try fill()
        }
    }

    /// Passes over a line longer than any record.
    private func skipLine<Record>() throws(LogError) -> Line<Record> {
        while true {
            if let feed = lineFeed(from: unread.lowerBound) {
                pass(feed)
                return .corrupt(line: lineNumber)
            }
            unread = unread.upperBound..<unread.upperBound
            if isAtEnd { return .torn }
            try fill()
        }
    }

    private func pass(_ feed: Int) {
        unread = feed + 1..<unread.upperBound
        lineNumber += 1
    }

    private func lineFeed(from start: Int) -> Int? {
        guard start < unread.upperBound, let base = buffer.baseAddress,
            let found = memchr(base + start, Int32(SegmentLine.lineFeed), unread.upperBound - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Moves what is unread to the front and reads more behind it.
    private func fill() throws(LogError) {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[unread])
        if unread.count == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: max(Self.initialByteCount, 2 * buffer.count), alignment: 16)
            larger.copyMemory(from: rest)
            buffer.deallocate()
            buffer = larger
        } else if unread.lowerBound > 0 {
            buffer.copyMemory(from: rest)
        }
        unread = 0..<rest.count
        let free = UnsafeMutableRawBufferPointer(rebasing: buffer[unread.upperBound...])
        var count = 0
        repeat { count = read(descriptor, free.baseAddress, free.count) } while count < 0 && errno == EINTR
        guard count >= 0 else { throw .system(errno, "reading the log segment", path, kind: .unreadable) }
        unread = 0..<unread.upperBound + count
        isAtEnd = count == 0
    }
}
