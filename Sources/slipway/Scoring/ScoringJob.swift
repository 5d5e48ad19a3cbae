import Foundation
import SlipwayData
import SlipwayModel

/// Rows that a model answers into a file or a table, which takes its place when all is written.
struct ScoringJob {
    /// The name for all columns in ``kept``.
    static let allColumns = "all"
    /// The most memory for data that DuckDB takes, in bytes, where nothing else is said.
    static let memoryByteCountMax = 1 << 30

    let model: Model
    /// The rows, and what they are called.
    var source: String
    var destination: String
    /// The rows that are scored of a single Parquet file, counted from 0; `nil` for all.
    var range: Range<Int>?
    /// The rows that were scored before these, for what is said of a row.
    var rowsBefore = 0
    /// The columns of the rows that stand before the answers.
    let kept: [String]
    let reasons: ReasonColumns?
    /// What says who answers, and when; `nil` for answers alone.
    let stamp: ScoringStamp?
    let isStrict: Bool
    /// The threads that Parquet is read, answered, and written on.
    let threadCount: Int
    let memoryByteCountMax: Int
    /// The share of rows that may be set aside, and where they are listed; `nil` where every row must be scored.
    var quarantine: (shareMax: Double, list: String)?
    /// The table that takes the answers; `nil` for a file.
    var table: TableSink?
    /// Asked right before the result takes its place; what it throws leaves the old one.
    var mayKeep: @Sendable () throws(DataError) -> Void = {}

    /// What came of it.
    struct Outcome {
        /// The rows that were scored.
        let rowCount: Int
        /// The rows that were set aside.
        let badRowCount: Int
        let engineName: String
        /// The rows without an answer, which a database gives to those that the model refuses.
        var unansweredCount = 0
        /// The rows that the signature does not allow.
        var outside = RowsOutside.Tally()
    }

    /// Refuses to write over the rows that are read, and formats that are not known, before any work is done.
    ///
    /// - Throws: ``DataError``.
    static func examine(_ source: String, _ destination: String, isPartitioned: Bool = false) throws(DataError) {
        _ = try RowsFormat(of: source)
        guard !isPartitioned else { return try refuse(source, within: destination) }
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

    /// Refuses to list bad rows in the place of the rows, of the answers, or of any file that is no such list.
    ///
    /// - Throws: ``DataError``.
    static func examine(list: String, of source: String, _ destination: String) throws(DataError) {
        let paths = [list, source, destination].map { URL(filePath: $0).resolvingSymlinksInPath().standardizedFileURL }
        guard !paths.dropFirst().contains(paths[0]) else {
            throw DataError(
                .unwritable, "bad rows would be listed in '\(list)', which holds the rows or the answers",
                hint: "Name another file with --quarantine.")
        }
        try Quarantine.examine(list)
    }

    /// Refuses a folder of results that holds the rows.
    private static func refuse(_ source: String, within folder: String) throws(DataError) {
        let paths = [source, folder].map { URL(filePath: $0).resolvingSymlinksInPath().standardizedFileURL.path }
        guard source != "-", paths[0] == paths[1] || paths[0].hasPrefix(paths[1] + "/") else { return }
        throw DataError(
            .unwritable, "'\(folder)' holds the rows, and the predictions would replace them",
            hint: "Name another folder with --to.")
    }

    /// Reads and writes some rows at a time, without DuckDB.
    ///
    /// - Parameters:
    ///   - rows: The rows.
    ///   - progress: Called with the rows done, and all rows where that is known.
    /// - Throws: ``DataError`` with the line, or ``ModelError`` that names the column, or the row counted from 1.
    func run(over rows: RowBatches, progress: (Int, Int?) -> Void) throws -> Outcome {
        let names = rows.columns.names
        let kept = try keptColumns(of: names)
        let scoring = try BatchScoring(model: model, names: names, reasons: reasons, stamp: stamp, isStrict: isStrict)
        let badRows = try badRows(rowCount: nil)
        let sink = try sink()
        try sink.begin(Table(columns: rows.columns.selecting(columns: kept).columns + scoring.columns.columns))
        var done = 0
        while let (table, lines) = try rows.next(settingAside: badRows) {
            var taken = table
            let answers: Table
            if let badRows {
                let sifted = try scoring.siftedAnswers(to: table)
                try badRows.add(sifted.refused.map { BadRow(line: lines[$0.row], reason: $0.reason) })
                if !sifted.refused.isEmpty { taken = table.selecting(rows: sifted.taken) }
                answers = sifted.answers
            } else {
                answers = try Self.located(after: rowsBefore + done) {
                    try scoring.answers(to: table, after: rowsBefore + done)
                }
            }
            try sink.write(Table(columns: taken.selecting(columns: kept).columns + answers.columns))
            done += answers.rowCount
            progress(done, nil)
        }
        try badRows?.finish(scoredCount: done)
        try finish(sink)
        return Outcome(
            rowCount: done, badRowCount: badRows?.count ?? 0, engineName: scoring.engineName,
            outside: scoring.outside.tally)
    }

    /// What takes the rows that cannot be scored; `nil` where every row must be.
    func badRows(rowCount: Int?) throws(DataError) -> BadRows? {
        let hasLines = try RowsFormat(of: source).hasLines
        return quarantine.map {
            BadRows(shareMax: $0.shareMax, list: $0.list, source: source, hasLines: hasLines, rowCount: rowCount)
        }
    }

    /// Puts the result in its place, if it may; a table asks by itself, as late as it can.
    func finish(_ sink: any DataSink) throws(DataError) {
        if table == nil { try mayKeep() }
        try sink.finish()
    }

    /// What takes the answers, where DuckDB does not write them.
    func sink() throws(DataError) -> any DataSink {
        if let table { return table }
        return try RowsFormat(of: destination) == .jsonLines
            ? JSONLinesWriter(path: destination) : CSVSink(path: destination)
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
    static func located<Answer>(after start: Int, _ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let error as ModelError where start > 0 {
            throw ModelError(
                error.kind, "in the batch that begins at row \(start + 1): \(error.message)", hint: error.hint,
                field: error.field)
        }
    }
}
