import Foundation
import SlipwayData
import SlipwayDuckDB
import SlipwayModel
import Synchronization

extension ScoringJob {
    /// The names of columns that say where a row comes from, and whether it is scored; no result has them.
    private enum Hidden {
        static let line = "slipway_line"
        static let taken = "slipway_taken"
    }

    /// Rows that come from, or go to, something that DuckDB reads and writes.
    ///
    /// - Parameters:
    ///   - rows: The rows where DuckDB does not read them, else `nil`.
    ///   - progress: Called with the rows done, and all rows where that is known; on any thread.
    /// - Throws: ``DataError``, or ``ModelError`` that names the column, or the row counted from 1.
    func runInDuckDB(over rows: RowBatches?, progress: @escaping @Sendable (Int, Int?) -> Void) throws -> Outcome {
        let sink = try RowsFormat(of: destination) == .parquet ? nil : sink()
        let files = try rows == nil ? Self.files(of: source) : []
        let unparsed = try rows == nil ? nil : badRows(rowCount: nil)
        let transformation = try transformation(of: rows, files, into: sink, settingAside: unparsed)
        let total = try range?.count ?? transformation.rowCount()
        let badRows = try unparsed ?? badRows(rowCount: total)
        let (prepared, scoring) = try parts(for: transformation, settingAside: badRows != nil)
        var query = prepared
        query.rows = range
        let done = Mutex(0)
        let failure = Mutex<ModelError?>(nil)
        query.body = { table throws(DataError) in
            let (answers, count) = try Self.keeping(failure) {
                guard let badRows else { return (try scoring.answers(to: table), table.rowCount) }
                return try Self.siftedAnswers(to: table, of: files, by: scoring, badRows)
            }
            progress(
                done.withLock {
                    $0 += count
                    return $0
                }, total)
            return answers
        }
        let writesItself = sink == nil
        query.finish = { () throws(DataError) in
            try badRows?.finish(scoredCount: done.withLock { $0 })
            if writesItself { try mayKeep() }
        }
        try sink?.begin(
            Table(columns: transformation.columns(named: query.kept).columns + scoring.columns.columns))
        do {
            try transformation.run(query)
        } catch {
            if let reason = failure.withLock({ $0 }) {
                throw rows == nil ? try located(reason, query, scoring) : reason
            }
            guard error.kind == .limitExceeded, error.hint == nil else { throw error }
            throw DataError(error.kind, error.message, hint: "Allow more with --memory, or take fewer --threads.")
        }
        if let sink { try finish(sink) }
        return Outcome(
            rowCount: done.withLock { $0 }, badRowCount: badRows?.count ?? 0, engineName: scoring.engineName,
            outside: scoring.outside.tally)
    }

    private func transformation(
        of rows: RowBatches?, _ files: [String], into sink: (any DataSink)?, settingAside badRows: BadRows?
    ) throws(DataError) -> Transformation {
        let destination: Transformation.Destination =
            sink.map { sink in .rows { (table) throws(DataError) in try sink.write(table) } } ?? .file(destination)
        return try Transformation(
            of: Self.source(of: rows, files, settingAside: badRows), into: destination, threadCount: threadCount,
            memoryByteCountMax: memoryByteCountMax)
    }

    private static func source(
        of rows: RowBatches?, _ files: [String], settingAside badRows: BadRows?
    ) throws(DataError) -> Transformation.Source {
        guard let rows else { return .files(files) }
        let columns = rows.columns.columns.map { ParquetColumn($0.name, .values($0.type)) }
        guard let badRows else {
            return .rows(columns) { () throws(DataError) in try rows.next(settingAside: nil)?.table }
        }
        return .rows(columns + [ParquetColumn(Hidden.line, .values(.integer))]) { () throws(DataError) in
            guard let (table, lines) = try rows.next(settingAside: badRows) else { return nil }
            return try table.adding(Column(name: Hidden.line, values: .integers(lines.map { Int64($0) })))
        }
    }

    /// The query for the columns that there are; the body is the caller's to give.
    private func parts(
        for rows: Transformation, settingAside isSifted: Bool
    ) throws -> (query: Transformation.Query, scoring: BatchScoring) {
        let names = rows.names.filter { $0 != Hidden.line }
        let scoring = try BatchScoring(
            model: model, names: names, reasons: reasons, stamp: stamp, isStrict: isStrict)
        var read = model.signature.inputs.map(\.name).filter(names.contains)
        var results = scoring.columns
        if isSifted {
            read += rows.names.contains(Hidden.line) ? [Hidden.line] : try rows.placeColumns()
            results = try results.adding(Column(name: Hidden.taken, values: .booleans([])))
        }
        let query = Transformation.Query(
            reading: read, keeping: try keptColumns(of: names), results: results,
            filter: isSifted ? Hidden.taken : nil
        ) { table throws(DataError) in table }
        return (query, scoring)
    }

    /// Answers rows, of which those that the model refuses are set aside: they have a mark and no answer.
    private static func siftedAnswers(
        to table: Table, of files: [String], by scoring: BatchScoring, _ badRows: BadRows
    ) throws -> (answers: Table, count: Int) {
        let (answers, taken, refused) = try scoring.siftedAnswers(to: table)
        var marks = Array(repeating: true, count: table.rowCount)
        guard !refused.isEmpty else {
            return (try answers.adding(Column(name: Hidden.taken, values: .booleans(marks))), table.rowCount)
        }
        try badRows.add(refused.map { badRow(inRow: $0.row, of: table, files, $0.reason) })
        for row in refused.map(\.row) { marks[row] = false }
        var places = Array(repeating: Int?.none, count: table.rowCount)
        for (place, row) in taken.enumerated() { places[row] = place }
        var columns: [Column] = []
        for column in answers.columns {
            var builder = ColumnBuilder(name: column.name, type: column.type)
            for place in places { try builder.append(place.map { column[$0] } ?? .missing) }
            columns.append(builder.finish())
        }
        columns.append(Column(name: Hidden.taken, values: .booleans(marks)))
        return (try Table(columns: columns), taken.count)
    }

    private static func badRow(inRow row: Int, of table: Table, _ files: [String], _ reason: String) -> BadRow {
        func whole(_ name: String) -> Int? { table[name]?[row].asNumber.map { Int($0) } }
        if let line = whole(Hidden.line) { return BadRow(line: line, reason: reason) }
        let file = whole(Transformation.fileColumn).flatMap { files.indices.contains($0) ? files[$0] : nil }
        return BadRow(
            file: files.count > 1 ? file : nil, line: (whole(Transformation.rowColumn) ?? -1) + 1, reason: reason)
    }

    /// The Parquet files of a path: itself, or those of a folder by name.
    static func files(of path: String) throws(DataError) -> [String] {
        var isFolder = ObjCBool(false)
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return [path]
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        let files = names.filter { $0.hasSuffix(".parquet") && !$0.hasPrefix(".") }.sorted()
        guard !files.isEmpty else {
            throw DataError(.unreadable, "the folder '\(path)' has no file that ends in .parquet")
        }
        return files.map { "\(path)/\($0)" }
    }

    /// Keeps the model's own error, which goes through the library as a text.
    private static func keeping<Answer>(
        _ failure: borrowing Mutex<ModelError?>, _ body: () throws -> Answer
    ) throws(DataError) -> Answer {
        do {
            return try body()
        } catch let error as DataError {
            throw error
        } catch let error as ModelError {
            failure.withLock { $0 = $0 ?? error }
            throw DataError(.wrongType, error.message, hint: error.hint)
        } catch {
            throw DataError(.wrongType, "\(error)")
        }
    }

    /// Finds where a model's error first comes, by asking again in the order of the rows.
    private func located(
        _ error: ModelError, _ query: Transformation.Query, _ scoring: BatchScoring
    ) throws -> ModelError {
        let before = Mutex(rowsBefore)
        let failure = Mutex<ModelError?>(nil)
        var query = query
        query.kept = []
        query.body = { table throws(DataError) in
            let answers = try Self.keeping(failure) {
                try Self.located(after: before.withLock { $0 }) { try scoring.answers(to: table) }
            }
            before.withLock { $0 += table.rowCount }
            return answers
        }
        let inOrder = try Transformation(
            of: .files(Self.files(of: source)), into: .rows { (_) throws(DataError) in },
            memoryByteCountMax: memoryByteCountMax)
        try? inOrder.run(query)
        return failure.withLock { $0 } ?? error
    }
}
