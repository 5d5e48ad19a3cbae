public import SlipwayData

/// The records of a log, one after the other; at most one buffer per overlapping segment is in memory.
public final class SegmentStream<Record: SegmentRecord> {
    /// What was met while reading.
    public struct Summary: Equatable, Sendable {
        /// The records given out.
        public var recordCount = 0
        /// The segments opened.
        public var segmentCount = 0
        /// The segments whose last line is not whole, as a kill or a loss of power leaves it.
        public var tornLineCount = 0
        /// The whole lines that are not a record: bytes changed on disk.
        public var corruptLineCount = 0
        /// The corrupt lines of each file that has some.
        public var damages: [Damage] = []

        mutating func addCorruptLine(_ line: Int, of file: String) {
            corruptLineCount += 1
            if let index = damages.lastIndex(where: { $0.first.file == file }) {
                damages[index].lineCount += 1
            } else {
                damages.append(Damage(first: SourceLocation(file: file, line: line), lineCount: 1))
            }
        }
    }

    /// The corrupt lines of one file.
    public struct Damage: Equatable, Sendable {
        /// Where the first of them is.
        public let first: SourceLocation
        /// How many there are.
        public internal(set) var lineCount: Int
    }

    /// What was met so far.
    public private(set) var summary = Summary()

    private struct Head {
        var record: Record
        var file: SegmentSource
    }

    private let folder: SegmentFolder
    private let window: WindowText
    private var pending: ArraySlice<SegmentName>
    private var heads: [Head] = []
    /// Keeps the segments that are not opened yet where they are.
    private let lock: FileLock?

    init(folder: SegmentFolder, names: [SegmentName], window: TimeWindow, lock: consuming FileLock? = nil) {
        self.folder = folder
        self.lock = lock
        self.window = WindowText(window)
        pending = names[...]
    }

    /// The next record, or `nil` at the end.
    ///
    /// Lines that are torn or corrupt are counted in ``summary`` and skipped.
    ///
    /// - Throws: ``LogError`` of kind `unreadable` when a segment cannot be opened or read.
    public func next() throws(LogError) -> Record? {
        while true {
            let first = heads.indices.min { heads[$0].record.time < heads[$1].record.time }
            if let name = pending.first, first.map({ name.start <= heads[$0].record.time }) ?? true {
                pending.removeFirst()
                try open(name)
            } else if let first {
                let record = heads[first].record
                if let following = try advance(heads[first].file) {
                    heads[first].record = following
                } else {
                    heads.remove(at: first)
                }
                summary.recordCount += 1
                return record
            } else {
                return nil
            }
        }
    }

    private func open(_ name: SegmentName) throws(LogError) {
        // A segment that was deleted since the folder was listed has no records any more.
        guard let file = try SegmentSource(name, in: folder, window: window.window) else { return }
        summary.segmentCount += 1
        if let record = try advance(file) { heads.append(Head(record: record, file: file)) }
    }

    private func advance(_ file: SegmentSource) throws(LogError) -> Record? {
        while true {
            switch try file.next(as: Record.self, in: window) {
            case .record(let record): return record
            case .otherTime: continue
            case .corrupt(let line):
                summary.addCorruptLine(line, of: file.path)
            case .torn:
                summary.tornLineCount += 1
                return nil
            case .end:
                return nil
            }
        }
    }
}
