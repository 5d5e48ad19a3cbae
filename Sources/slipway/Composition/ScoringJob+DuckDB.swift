import Foundation
import SlipwayData
import SlipwayDuckDB
import SlipwayModel
import Synchronization

extension ScoringJob {
    /// Rows that come from, or go to, something that DuckDB reads and writes.
    ///
    /// - Parameters:
    ///   - rows: The rows where they are CSV, else `nil`.
    ///   - progress: Called with the rows done, and all rows where that is known; on any thread.
    /// - Throws: ``DataError``, or ``ModelError`` that names the column, or the row counted from 1.
    func runInDuckDB(over rows: CSVBatches?, progress: @escaping @Sendable (Int, Int?) -> Void) throws -> Outcome {
        let sink = try RowsSink(destination)
        let transformation = try transformation(of: rows, into: sink.destination)
        let (query, scoring, kept) = try parts(for: transformation.names)
        let total = try transformation.rowCount()
        let done = Mutex(0)
        let failure = Mutex<ModelError?>(nil)
        var counted = query
        counted.body = { table throws(DataError) in
            let answers = try Self.keeping(failure) { try scoring.answers(to: table) }
            progress(
                done.withLock {
                    $0 += table.rowCount
                    return $0
                }, total)
            return answers
        }
        try sink.begin(names: kept + scoring.columns.names)
        do {
            try transformation.run(counted)
        } catch {
            if let reason = failure.withLock({ $0 }) {
                throw rows == nil ? try located(reason, query, scoring) : reason
            }
            guard error.kind == .limitExceeded, error.hint == nil else { throw error }
            throw DataError(error.kind, error.message, hint: "Allow more with --memory, or take fewer --threads.")
        }
        try sink.finish()
        return Outcome(
            rowCount: done.withLock { $0 }, engineName: scoring.engineName, outside: scoring.outside.summary)
    }

    private func transformation(
        of rows: CSVBatches?, into destination: Transformation.Destination
    ) throws(DataError) -> Transformation {
        try Transformation(
            of: source(of: rows), into: destination, threadCount: threadCount, memoryByteCountMax: memoryByteCountMax)
    }

    private func source(of rows: CSVBatches?) throws(DataError) -> Transformation.Source {
        guard let rows else { return .files(try Self.files(of: source)) }
        let types = model.signature.columnTypes
        let columns = rows.names.map { ParquetColumn($0, .values(types[$0] ?? .string)) }
        return .rows(columns) { () throws(DataError) in try rows.next() }
    }

    /// The query for columns of some names; the body is the caller's to give.
    private func parts(
        for names: [String]
    ) throws -> (query: Transformation.Query, scoring: BatchScoring, kept: [String]) {
        let kept = try keptColumns(of: names)
        let scoring = try BatchScoring(model: model, names: names, reasons: reasons, isStrict: isStrict)
        let read = model.signature.inputs.map(\.name).filter(names.contains)
        let query = Transformation.Query(reading: read, keeping: kept, results: scoring.columns) {
            table throws(DataError) in table
        }
        return (query, scoring, kept)
    }

    /// The Parquet files of a path: itself, or those of a folder by name.
    private static func files(of path: String) throws(DataError) -> [String] {
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
    private static func keeping(
        _ failure: borrowing Mutex<ModelError?>, _ body: () throws -> Table
    ) throws(DataError) -> Table {
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
        let before = Mutex(0)
        let failure = Mutex<ModelError?>(nil)
        var query = query
        query.kept = []
        query.body = { table throws(DataError) in
            let answers = try Self.keeping(failure) {
                try located(after: before.withLock { $0 }) { try scoring.answers(to: table) }
            }
            before.withLock { $0 += table.rowCount }
            return answers
        }
        let inOrder = try Transformation(
            of: source(of: nil), into: .rows { (_) throws(DataError) in }, memoryByteCountMax: memoryByteCountMax)
        try? inOrder.run(query)
        return failure.withLock { $0 } ?? error
    }
}

/// Where answers go: a file of DuckDB's, or CSV.
private final class RowsSink {
    let path: String
    let isParquet: Bool
    private var writer: CSVWriter?

    init(_ path: String) throws(DataError) {
        self.path = path
        isParquet = try RowsFormat(of: path) == .parquet
    }

    var destination: Transformation.Destination {
        isParquet ? .file(path) : .rows { [self] (table) throws(DataError) in try write(table) }
    }

    func begin(names: [String]) throws(DataError) {
        if !isParquet { writer = try CSVWriter(path: path, names: names) }
    }

    private func write(_ table: Table) throws(DataError) { try writer?.write(table) }

    func finish() throws(DataError) { try writer.take()?.finish() }
}
