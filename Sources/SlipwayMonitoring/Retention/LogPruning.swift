import Foundation
public import SlipwayData

/// The removal of old segments from the logs of an environment, and what it found.
///
/// A segment goes as a whole: when all of its records are too old, or when it is the oldest while the logs are too
/// large. One that is still being written stays, whatever its age.
public struct LogPruning: Equatable, Sendable {
    /// Segments by number, size, and time.
    public struct Segments: Equatable, Sendable {
        /// The number of segments.
        public var count = 0
        /// Their bytes.
        public var byteCount = 0
        /// The times of their records, as far as the names tell.
        public var span: TimeWindow?

        /// Whether there is none.
        public var isEmpty: Bool { count == 0 }

        fileprivate mutating func add(_ segment: Segment) {
            count += 1
            byteCount += segment.byteCount
            let (start, end) = (segment.name.start, segment.name.span.end)
            span = TimeWindow(from: min(span?.start ?? start, start), until: max(span?.end ?? end, end))
        }
    }

    /// What was removed because of its age.
    public private(set) var tooOld = Segments()
    /// What was removed because the logs were too large.
    public private(set) var tooMuch = Segments()
    /// What is left.
    public private(set) var kept = Segments()
    /// What should go and is still being written.
    public private(set) var inUse = Segments()

    /// All that was removed.
    public var removed: Segments {
        var all = tooOld
        all.count += tooMuch.count
        all.byteCount += tooMuch.byteCount
        if let span = tooMuch.span {
            all.span = TimeWindow(
                from: min(all.span?.start ?? span.start, span.start), until: max(all.span?.end ?? span.end, span.end))
        }
        return all
    }

    fileprivate struct Segment {
        var path: String
        var name: SegmentName
        var byteCount: Int
    }

    /// Removes from the logs of an environment what is not kept.
    ///
    /// - Parameters:
    ///   - root: The folder of all logs.
    ///   - isTrial: Whether only to say what would be removed.
    /// - Throws: ``LogError`` when a folder cannot be read or a segment cannot be removed.
    public init(
        root: String, environment: String, keeping retention: LogRetention, at now: Timestamp = .now(),
        isTrial: Bool = false
    ) throws(LogError) {
        let segments = try Self.segments(root: root, environment: environment)
        var byteCount = segments.reduce(0) { $0 + $1.byteCount }
        let oldest = now.adding(milliseconds: -Int64(clamping: Int(retention.ageMax / .milliseconds(1))))
        for segment in segments {
            let isTooOld = segment.name.span.end <= oldest
            guard isTooOld || byteCount > retention.byteCountMax else {
                kept.add(segment)
                continue
            }
            guard try isTrial ? SegmentFile.isUnused(segment.path) : SegmentFile.remove(segment.path) else {
                if FileManager.default.fileExists(atPath: segment.path) {
                    kept.add(segment)
                    inUse.add(segment)
                }
                continue
            }
            byteCount -= segment.byteCount
            if isTooOld { tooOld.add(segment) } else { tooMuch.add(segment) }
        }
    }

    /// The segments of all models, the oldest first.
    private static func segments(root: String, environment: String) throws(LogError) -> [Segment] {
        var segments: [Segment] = []
        let predictions = PredictionRecord.fileExtension
        for folder in try SegmentFolder.all(root: root, environment: environment) {
            for kind in [predictions, predictions + SegmentName.compactedEnding, FeedbackRecord.fileExtension] {
                for name in try folder.segments(fileExtension: kind) {
                    let path = "\(folder.path)/\(name.text)"
                    var status = stat()
                    guard lstat(path, &status) == 0 else { continue }
                    segments.append(Segment(path: path, name: name, byteCount: Int(status.st_size)))
                }
            }
        }
        return segments.sorted { ($0.name.start, $0.path) < ($1.name.start, $1.path) }
    }
}

extension LogPruning: CustomStringConvertible {
    /// What was removed, in a sentence.
    public var description: String {
        guard let span = removed.span else { return "nothing was removed from the logs" }
        var parts: [String] = []
        if !tooOld.isEmpty { parts.append("\(tooOld.count) for their age") }
        if !tooMuch.isEmpty { parts.append("\(tooMuch.count) for the size of the logs") }
        return
            "\(removed.count) segments of the logs with \(removed.byteCount) bytes from \(span.start) to \(span.end) "
            + "were removed (\(parts.joined(separator: ", "))); \(kept.count) with \(kept.byteCount) bytes are kept"
    }
}
