import SlipwayData

extension SegmentReader<PredictionRecord> {
    /// The bytes that are gathered before they are written.
    private static var chunkByteCount: Int { 256 << 10 }

    /// Writes the log as JSON Lines, one record per line in the order of time, without checksums.
    ///
    /// The file appears whole or not at all.
    ///
    /// - Parameters:
    ///   - path: The file to write, or `-` for standard output; one that exists is replaced.
    ///   - window: The times wanted.
    ///   - versions: The versions wanted, or `nil` for all.
    /// - Throws: ``LogError`` when the log cannot be read or the file cannot be written.
    /// - Returns: What was met in the log; `recordCount` counts the lines written.
    @discardableResult
    public func export(
        to path: String, in window: TimeWindow = .all, versions: Set<Int>? = nil
    ) throws(LogError) -> SegmentStream<PredictionRecord>.Summary {
        do {
            var file = try AtomicFile(replacing: path)
            let summary = try export(in: window, versions: versions) { (bytes) throws(LogError) in
                do throws(DataError) { try file.write(bytes) } catch { throw LogError(error) }
            }
            try file.commit()
            return summary
        } catch let error as DataError {
            throw LogError(error)
        } catch {
            throw error as? LogError ?? LogError(.unwritable, "exporting to '\(path)' failed: \(error)")
        }
    }

    /// Hands the log out as JSON Lines, some hundred kilobytes at a time, for a pipe or a socket.
    @discardableResult
    public func export(
        in window: TimeWindow = .all, versions: Set<Int>? = nil, _ write: ([UInt8]) throws(LogError) -> Void
    ) throws(LogError) -> SegmentStream<PredictionRecord>.Summary {
        let stream = try records(in: window)
        var bytes: [UInt8] = []
        var recordCount = 0
        while let record = try stream.next() {
            if let versions, !versions.contains(record.version) { continue }
            recordCount += 1
            JSONValue.object(record.json).write(into: &bytes)
            bytes.append(SegmentLine.lineFeed)
            guard bytes.count >= Self.chunkByteCount else { continue }
            try write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        if !bytes.isEmpty { try write(bytes) }
        var summary = stream.summary
        summary.recordCount = recordCount
        return summary
    }
}
