import Foundation
import SlipwayData
import SlipwayDuckDB
import SlipwayModel

/// A job whose rows are scored in parts, each of which stands on the disk when it is done; at the end they are put
/// together.
///
/// A part is so many rows of one file. What is put together depends on the rows and the parts' length alone, and not on
/// how often the job was stopped.
struct PartedJob {
    /// The rows of a part unless told otherwise.
    static let rowCountDefault = 1_000_000
    /// The most rows of a part.
    static let rowCountMax = 1_000_000_000

    /// The whole job; its destination is that of the result.
    let job: ScoringJob
    /// Where the parts stand.
    let folder: PartFolder
    /// What the parts depend on.
    let description: JSONObject
    /// Whether parts that were done before are kept, and those of a job that fails.
    let isResumed: Bool
    /// The rows of a part, at least.
    let rowCount: Int
    /// Puts the parts together, which are Parquet files or those of the result's own format.
    let assembly: PartAssembly

    /// Scores the parts that are not done, and puts all together.
    ///
    /// - Parameters:
    ///   - rows: The rows where they are read here; `nil` for Parquet files.
    ///   - progress: Called with the rows done, and all rows where that is known; on any thread.
    /// - Throws: ``DataError``, or what scoring throws.
    func run(over rows: RowBatches?, progress: @escaping @Sendable (Int, Int?) -> Void) throws -> ScoringJob.Outcome {
        do {
            var done = try folder.begin(description, isResumed: isResumed)
            var outside = RowsOutside.Tally()
            var files: [String?] = []
            for part in done { outside += .init(rowCount: part.rowCount, outsideCount: part.outsideCount) }
            if let rows {
                try score(rows, &done, &outside, progress)
            } else {
                files = try scoreFiles(&done, &outside, progress)
            }
            let bad = try gatherBadRows(of: done, in: files)
            let rowCount = done.reduce(0) { $0 + $1.rowCount }
            if job.table == nil { try job.mayKeep() }
            try assembly.assemble(done.indices.map { folder.file($0) }, rowCount: rowCount)
            folder.remove()
            return ScoringJob.Outcome(
                rowCount: rowCount, badRowCount: bad, engineName: job.model.predictor.engineName, outside: outside)
        } catch {
            if !isResumed { folder.remove() }
            throw error
        }
    }

    /// Scores rows of Parquet files, whose numbers are known before.
    ///
    /// - Returns: The file of each part, where there are several.
    private func scoreFiles(
        _ done: inout [ScoredPart], _ outside: inout RowsOutside.Tally,
        _ progress: @escaping @Sendable (Int, Int?) -> Void
    ) throws -> [String?] {
        var parts: [(file: String, rows: Range<Int>)] = []
        for file in try ScoringJob.files(of: job.source) {
            let count = try Transformation(of: .files([file]), into: .rows { (_) throws(DataError) in }).rowCount() ?? 0
            for start in stride(from: 0, to: max(count, 1), by: rowCount) {
                parts.append((file, start..<min(start + rowCount, count)))
            }
        }
        let total = parts.reduce(0) { $0 + $1.rows.count }
        for (number, part) in parts.enumerated() where number >= done.count {
            var job = partJob(number)
            (job.source, job.range, job.rowsBefore) = (part.file, part.rows, part.rows.lowerBound)
            let before = parts[..<number].reduce(0) { $0 + $1.rows.count }
            done.append(
                try scored(number, &outside) {
                    try job.runInDuckDB(over: nil) { done, _ in progress(before + done, total) }
                })
        }
        return parts.map { Set(parts.map(\.file)).count > 1 ? $0.file : nil }
    }

    /// Scores rows that are read here one after the other; those of parts that are done are read and passed over.
    private func score(
        _ rows: RowBatches, _ done: inout [ScoredPart], _ outside: inout RowsOutside.Tally,
        _ progress: @escaping @Sendable (Int, Int?) -> Void
    ) throws {
        let batchCount = max(1, (rowCount + BatchScoring.batchRowCount - 1) / BatchScoring.batchRowCount)
        let isSifted = job.quarantine != nil
        for _ in done.indices {
            let passed = isSifted ? BadRows(shareMax: 1, list: "", source: job.source, hasLines: true) : nil
            let part = try rows.part(batchCount: batchCount, isSifted: isSifted)
            while try part?.next(settingAside: passed) != nil {}
        }
        while true {
            let next = try rows.part(batchCount: batchCount, isSifted: isSifted)
            // A result without rows has its columns.
            guard let part = next ?? (done.isEmpty ? rows.none() : nil) else { return }
            let before = done.reduce(0) { $0 + $1.rowCount }
            let number = done.count
            var job = partJob(number)
            job.rowsBefore = done.reduce(0) { $0 + $1.rowCount + $1.badRowCount }
            let isInDuckDB = try RowsFormat(of: job.destination) == .parquet
            done.append(
                try scored(number, &outside) {
                    isInDuckDB
                        ? try job.runInDuckDB(over: part) { done, _ in progress(before + done, nil) }
                        : try job.run(over: part) { done, _ in progress(before + done, nil) }
                })
            if next == nil { return }
        }
    }

    /// The job of one part.
    private func partJob(_ number: Int) -> ScoringJob {
        var part = job
        part.destination = folder.file(number)
        part.table = nil
        // The share is that of all parts together.
        part.quarantine = job.quarantine.map { _ in (1, folder.list(number)) }
        return part
    }

    private func scored(
        _ number: Int, _ outside: inout RowsOutside.Tally, _ run: () throws -> ScoringJob.Outcome
    ) throws -> ScoredPart {
        let started = ContinuousClock.now
        let outcome = try run()
        let (byteCount, digest) = try folder.look(at: number)
        let part = ScoredPart(
            rowCount: outcome.rowCount, badRowCount: outcome.badRowCount, outsideCount: outcome.outside.outsideCount,
            byteCount: byteCount, digest: digest, seconds: (ContinuousClock.now - started) / .seconds(1))
        try folder.note(part, number: number)
        outside += outcome.outside
        return part
    }

    /// Lists the rows of all parts that were set aside.
    ///
    /// - Returns: How many they are.
    /// - Throws: ``DataError`` when they are more than the share.
    private func gatherBadRows(of parts: [ScoredPart], in files: [String?]) throws -> Int {
        guard let badRows = try job.badRows(rowCount: nil) else { return 0 }
        for (number, part) in parts.enumerated() where part.badRowCount > 0 {
            var rows = try Quarantine.rows(in: folder.list(number))
            if files.indices.contains(number) { for place in rows.indices { rows[place].file = files[number] } }
            try badRows.add(rows, count: part.badRowCount)
        }
        try badRows.finish(scoredCount: parts.reduce(0) { $0 + $1.rowCount })
        return badRows.count
    }
}
