import Foundation
public import SlipwayData

/// Parquet files with the same columns, whose rows are read one after the other, in order.
public struct ParquetParts: Sendable {
    /// The files.
    public let paths: [String]
    private let memoryByteCountMax: Int

    /// Names the files, of which there are no more than ``Transformation/fileCountMax``.
    ///
    /// - Parameter memoryByteCountMax: The most memory for data; what needs more fails.
    public init(_ paths: [String], memoryByteCountMax: Int) {
        self.paths = paths
        self.memoryByteCountMax = memoryByteCountMax
    }

    /// Some of the rows: those in which the columns have some values, told as texts.
    public struct Selection: Sendable {
        /// The columns and their values; `nil` for rows without one.
        public var cells: [(column: String, text: String?)]

        /// Selects rows.
        public init(_ cells: [(column: String, text: String?)]) { self.cells = cells }

        fileprivate var condition: String {
            let conditions = cells.map { cell in
                "\(Self.text(of: cell.column)) IS NOT DISTINCT FROM \(cell.text.map(SQLText.literal) ?? "NULL")"
            }
            return conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        }

        fileprivate static func text(of column: String) -> String { "CAST(\(SQLText.name(column)) AS VARCHAR)" }
    }

    /// The names of the columns.
    ///
    /// - Throws: ``DataError``.
    public func names() throws(DataError) -> [String] {
        try reading { (database, source) throws(DataError) in
            try database.rows(of: "SELECT * FROM \(source) LIMIT 0").names
        }
    }

    /// The different values that columns have together, in order.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for more than a number, `missingColumn`.
    public func values(of columns: [String], countMax: Int) throws(DataError) -> [[String?]] {
        try reading { (database, source) throws(DataError) in
            let texts = columns.map(Selection.text).joined(separator: ", ")
            let query = "SELECT DISTINCT \(texts) FROM \(source) ORDER BY ALL NULLS FIRST LIMIT \(countMax + 1)"
            // Expressions of the same column would have one name.
            let names = columns.indices.map { "c\($0)" }.joined(separator: ", ")
            let table = try database.rows(of: "SELECT * FROM (\(query)) AS t(\(names))").table()
            guard table.rowCount <= countMax else {
                throw DataError(
                    .limitExceeded, "\(columns.joined(separator: ", ")) have more than \(countMax) different values")
            }
            return (0..<table.rowCount).map { row in
                table.row(row).map { if case .string(let text) = $0 { text } else { nil } }
            }
        }
    }

    /// Writes rows to a Parquet file, which takes its place when all is written; the same rows give the same bytes.
    ///
    /// - Parameter columns: The columns to write; `nil` for all.
    /// - Throws: ``DataError``; a file that was to be replaced is then still there.
    public func write(
        _ selection: Selection = Selection([]), columns: [String]? = nil, to path: String
    ) throws(DataError) {
        let output = try AtomicFile(replacing: path)
        let name = output.descriptorPath
        try reading(writing: [name]) { (database, source) throws(DataError) in
            let rows = Self.query(selection, columns, of: source)
            do throws(DataError) {
                try database.run("COPY (\(rows)) TO \(SQLText.literal(name)) (FORMAT parquet, USE_TMP_FILE false)")
            } catch {
                throw FileFailure.fullDisk(error, writing: name, named: path) ?? error
            }
        }
        try output.commit()
    }

    /// Gives rows, some at a time, first the columns without any.
    ///
    /// - Parameter columns: The columns to read; `nil` for all.
    /// - Throws: ``DataError``, also what the taker throws.
    public func read(
        _ selection: Selection = Selection([]), columns: [String]? = nil,
        begin: (Table) throws(DataError) -> Void, take: (Table) throws(DataError) -> Void
    ) throws(DataError) {
        try reading { (database, source) throws(DataError) in
            let rows = try database.rows(of: Self.query(selection, columns, of: source))
            try begin(rows.none())
            while let batch = try rows.next() { try take(batch) }
        }
    }

    private static func query(_ selection: Selection, _ columns: [String]?, of source: String) -> String {
        let list = columns.map { $0.map(SQLText.name).joined(separator: ", ") } ?? "*"
        return "SELECT \(list) FROM \(source)\(selection.condition)"
    }

    /// Opens the files in a database of their own.
    private func reading<Answer>(
        writing outputs: [String] = [], _ body: (Database, String) throws(DataError) -> Answer
    ) throws(DataError) -> Answer {
        var files: [DescriptorFile] = []
        for path in paths { files.append(try DescriptorFile(reading: path)) }
        // One thread, so that the bytes of what is written do not depend on how threads take turns.
        let database = try Database(
            DatabaseSettings(memoryByteCountMax: memoryByteCountMax, files: files.map(\.name) + outputs))
        let source = "read_parquet([\(files.map { SQLText.literal($0.name) }.joined(separator: ", "))])"
        do throws(DataError) {
            return try withExtendedLifetime(files) { () throws(DataError) in try body(database, source) }
        } catch {
            throw Transformation.failure(error, paths, files)
        }
    }
}
