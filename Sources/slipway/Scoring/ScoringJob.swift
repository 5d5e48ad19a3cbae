import Foundation
import SlipwayData
import SlipwayModel

/// Rows that a model answers into a file, which takes its place when all is written.
struct ScoringJob {
    /// The name for all columns in ``kept``.
    static let allColumns = "all"
    /// The most memory for data that DuckDB takes, in bytes, where nothing else is said.
    static let memoryByteCountMax = 1 << 30

    let model: Model
    let source: String
    let destination: String
    /// The columns of the rows that stand before the answers.
    let kept: [String]
    let reasons: ReasonColumns?
    let isStrict: Bool
    /// The threads that Parquet is read, answered, and written on.
    let threadCount: Int
    let memoryByteCountMax: Int

    /// What came of it.
    struct Outcome {
        let rowCount: Int
        let engineName: String
        /// A sentence on rows that the signature does not allow.
        let outside: String?
    }

    /// Refuses to write over the rows that are read, and formats that are not known, before any work is done.
    ///
    /// - Throws: ``DataError``.
    static func examine(_ source: String, _ destination: String) throws(DataError) {
        _ = try RowsFormat(of: source)
        var isFolder = ObjCBool(false)
        if FileManager.default.fileExists(atPath: destination, isDirectory: &isFolder), isFolder.boolValue {
            throw DataError(.unwritable, "'\(destination)' is a folder", hint: "Name a file in it with --to.")
        }
        _ = try RowsFormat(of: destination)
        guard source != "-", destination != "-" else { return }
        let files = [source, destination].map { URL(filePath: $0).resolvingSymlinksInPath().standardizedFileURL.path }
        let isAmong = try RowsFormat(of: destination) == .parquet && files[1].hasPrefix(files[0] + "/")
        guard files[0] == files[1] || isAmong else { return }
        let reason = isAmong ? "would stand among the rows" : "holds the rows, and the predictions would replace them"
        throw DataError(.unwritable, "'\(destination)' \(reason)", hint: "Name another file with --to.")
    }

    /// Whether the work goes through DuckDB, which Parquet needs.
    static func needsDuckDB(_ source: String, _ destination: String) throws(DataError) -> Bool {
        let formats = (try RowsFormat(of: source), try RowsFormat(of: destination))
        return formats.0 == .parquet || formats.1 == .parquet
    }

    /// Reads CSV and writes CSV, some rows at a time.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - progress: Called with the rows done, and all rows where that is known.
    /// - Throws: ``DataError`` with the line, or ``ModelError`` that names the column, or the row counted from 1.
    func run(over rows: CSVBatches, progress: (Int, Int?) -> Void) throws -> Outcome {
        let kept = try keptColumns(of: rows.names)
        let scoring = try BatchScoring(model: model, names: rows.names, reasons: reasons, isStrict: isStrict)
        var writer = try CSVWriter(path: destination, names: kept + scoring.columns.names)
        var done = 0
        while let table = try rows.next() {
            let answers = try located(after: done) { try scoring.answers(to: table, after: done) }
            try writer.write(Table(columns: table.selecting(columns: kept).columns + answers.columns))
            done += table.rowCount
            progress(done, nil)
        }
        try writer.finish()
        return Outcome(rowCount: done, engineName: scoring.engineName, outside: scoring.outside.summary)
    }

    /// The columns to keep.
    ///
    /// - Throws: ``DataError`` of kind `missingColumn`, or `malformed` for one that is asked for twice.
    func keptColumns(of names: [String]) throws(DataError) -> [String] {
        if kept == [Self.allColumns], !names.contains(Self.allColumns) { return names }
        for name in kept where !names.contains(name) {
            throw DataError(
                .missingColumn, "there is no column '\(name)' to keep",
                hint: "The rows have \(names.prefix(40).joined(separator: ", ")).")
        }
        return kept
    }

    /// Says of a failure in which batch it was.
    func located<Answer>(after start: Int, _ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let error as ModelError where start > 0 {
            throw ModelError(
                error.kind, "in the batch that begins at row \(start + 1): \(error.message)", hint: error.hint,
                field: error.field)
        }
    }
}
