import Foundation
public import SlipwayData

/// Rows that go through a function of this program, in one query of the library, which reads, calls, and writes on
/// several threads.
///
/// The rows keep their order, and memory does not grow with their number.
///
///     let rows = try Transformation(of: .files(["customers.parquet"]), into: .file("scores.parquet"))
///     let query = Transformation.Query(reading: ["age"], keeping: ["id"], results: empty) { try answers(to: $0) }
///     try rows.run(query)
public final class Transformation {
    /// Where rows come from.
    public enum Source {
        /// Parquet files with the same columns, one after the other.
        case files([String])
        /// Rows of this program: their columns, and what gives the next ones until it gives `nil`.
        case rows([ParquetColumn], () throws(DataError) -> Table?)
    }

    /// Where rows go to.
    public enum Destination {
        /// A Parquet file, which takes its place when all is written.
        case file(String)
        /// This program, some thousand at a time.
        case rows((Table) throws(DataError) -> Void)
    }

    /// What is done with the rows.
    public struct Query {
        /// The columns that the function gets.
        public var columns: [String]
        /// The columns that stand before the function's in the result, with the types that they have.
        public var kept: [String]
        /// A table with the columns that the function gives.
        public var results: Table
        /// The column of truth values among the function's by which rows stand in the result or not; it is not kept.
        public var filter: String?
        /// The rows that are read, counted from 0 in a single file; `nil` for all.
        public var rows: Range<Int>?
        /// Gives a row for each row, on any thread; what it throws ends the query.
        public var body: @Sendable (Table) throws(DataError) -> Table
        /// Called once after all rows and before anybody sees them; what it throws leaves the old result.
        public var finish: () throws(DataError) -> Void = {}

        /// Makes a query.
        public init(
            reading columns: [String], keeping kept: [String] = [], results: Table, filter: String? = nil,
            body: @escaping @Sendable (Table) throws(DataError) -> Table
        ) {
            self.columns = columns
            self.kept = kept
            self.results = results
            self.filter = filter
            self.body = body
        }
    }

    /// The most files that are read as one table.
    public static let fileCountMax = 10_000
    /// The column of files that numbers the rows of each file, from 0; it can be read like the others.
    public static let rowColumn = "file_row_number"
    /// The column of files that numbers the files, from 0; it can be read like the others.
    public static let fileColumn = "file_index"
    /// The name of a structure of results, which stands in no result itself.
    private static let structure = "slipway_results"

    /// The names of the columns that there are.
    public let names: [String]

    private let database: Database
    private let files: [DescriptorFile]
    private let paths: [String]
    private let destination: Destination
    private var output: AtomicFile?
    private let source: RowSource?
    private let table: String

    /// Opens the source, and makes room for the result.
    ///
    /// - Parameters:
    ///   - memoryByteCountMax: The most memory for data; a query that needs more fails.
    ///   - threadCount: The threads that read, call the function, and write.
    /// - Throws: ``DataError`` when a file cannot be opened or is no Parquet file, or the library is absent.
    public init(
        of source: Source, into destination: Destination, threadCount: Int = 1, memoryByteCountMax: Int = 1 << 30
    ) throws(DataError) {
        if let reason = Library.shared.reason { throw DataError(.unreadable, reason) }
        var files: [DescriptorFile] = []
        if case .files(let paths) = source {
            self.paths = paths
            guard !paths.isEmpty, paths.count <= Self.fileCountMax else {
                throw DataError(.limitExceeded, "there are \(paths.count) files, not 1 to \(Self.fileCountMax)")
            }
            for path in paths { files.append(try DescriptorFile(reading: path)) }
        } else {
            paths = []
        }
        self.files = files
        self.destination = destination
        var allowed = files.map(\.name)
        if case .file(let path) = destination {
            let file = try AtomicFile(replacing: path)
            allowed.append(file.descriptorPath)
            output = consume file
        }
        database = try Database(
            DatabaseSettings(memoryByteCountMax: memoryByteCountMax, threadCount: threadCount, files: allowed))
        switch source {
        case .files:
            self.source = nil
            table = "read_parquet([\(files.map { SQLText.literal($0.name) }.joined(separator: ", "))])"
            do {
                let described = try database.rows(of: "SELECT column_name FROM (DESCRIBE FROM \(table))").table()
                names = described.columns.first.map { column in (0..<column.count).map { column[$0].text } } ?? []
            } catch {
                throw Self.failure(error, paths, files)
            }
        case .rows(let columns, let rows):
            let made = RowSource(columns, rows: rows)
            try made.register(on: database)
            self.source = made
            table = "\(RowSource.functionName)()"
            names = columns.map(\.name)
        }
    }

    /// The number of rows of the files; `nil` for rows of this program.
    public func rowCount() throws(DataError) -> Int? {
        guard source == nil else { return nil }
        let counted = try database.rows(of: "SELECT count(*) FROM \(table)").table()
        return counted.columns.first.flatMap { $0[0].asNumber }.map { Int($0) }
    }

    /// The columns that say which row of which file a row is.
    ///
    /// - Throws: ``DataError`` of kind `malformed` where columns of the files themselves have these names.
    public func placeColumns() throws(DataError) -> [String] {
        let columns = [Self.rowColumn, Self.fileColumn]
        if let name = names.first(where: { columns.contains($0.lowercased()) }) {
            throw DataError(
                .malformed, "the column '\(name)' stands where the numbers of rows are",
                hint: "Give it another name, or set no rows aside.")
        }
        return columns
    }

    /// Some columns, without rows.
    ///
    /// - Throws: ``DataError`` for a column that is not there, or of a type that is not read.
    public func columns(named names: [String]) throws(DataError) -> Table {
        guard !names.isEmpty else { return try Table(columns: []) }
        return try database.rows(of: "SELECT \(names.map(SQLText.name).joined(separator: ", ")) FROM \(table) LIMIT 0")
            .table()
    }

    /// Reads, calls, and writes, once.
    ///
    /// - Throws: ``DataError``: what the body, the giver, or the taker of rows threw; `wrongType` for a value that no
    ///   cell holds, `unwritable` when the disk is full, `limitExceeded` when it takes more memory than it may. A file
    ///   that was to be replaced is then still there.
    public func run(_ query: Query) throws(DataError) {
        try refuseEqualNames(query)
        do {
            try answer(query)
            try query.finish()
        } catch {
            throw fullDisk(error) ?? Self.failure(error, paths, files)
        }
        try output.take()?.commit()
    }

    private func answer(_ query: Query) throws(DataError) {
        let columns = query.columns.map(SQLText.name).joined(separator: ", ")
        let probe = try database.rows(of: "SELECT \(columns) FROM \(table) LIMIT 0")
        // A function is not known to a query that began before it.
        while try probe.next() != nil {}
        let function = try RowFunction(
            on: database, parameters: probe, results: query.results, body: query.body)
        do {
            try write(selection(query, of: columns))
        } catch {
            throw function.failure ?? source?.failure ?? error
        }
    }

    private func selection(_ query: Query, of columns: String) -> String {
        let kept = query.kept.map(SQLText.name)
        let structure = SQLText.name(Self.structure)
        let results = query.results.names.filter { $0 != query.filter }.map { "\(structure).\(SQLText.name($0))" }
        let filter = query.filter.map { "WHERE \(structure).\(SQLText.name($0))" } ?? ""
        let number = Self.rowColumn
        let range = query.rows.map { " WHERE \(number) >= \($0.lowerBound) AND \(number) < \($0.upperBound)" } ?? ""
        return """
            SELECT \((kept + results).joined(separator: ", ")) FROM (
            SELECT \((kept + ["\(RowFunction.name)(\(columns)) AS \(structure)"]).joined(separator: ", "))
            FROM \(table)\(range)) \(filter)
            """
    }

    private func write(_ selection: String) throws(DataError) {
        switch destination {
        case .file:
            guard let path = output?.descriptorPath else { return }
            let result = try database.rows(
                of: "COPY (\(selection)) TO \(SQLText.literal(path)) (FORMAT parquet, USE_TMP_FILE false)")
            while try result.next() != nil {}
        case .rows(let take):
            let result = try database.rows(of: selection)
            while let rows = try result.next() { try take(rows) }
        }
    }

    /// The library tells names apart without regard to case.
    private func refuseEqualNames(_ query: Query) throws(DataError) {
        var seen: Set<String> = []
        for name in query.kept + query.results.names {
            guard seen.insert(name.lowercased()).inserted else {
                throw DataError(.malformed, "two columns of the result would be named '\(name)'")
            }
        }
        let all = Dictionary(grouping: names) { $0.lowercased() }
        for name in query.columns + query.kept where all[name.lowercased()].map({ $0.count > 1 }) == true {
            throw DataError(.malformed, "several columns are named '\(name)', but for the case of letters")
        }
    }

    /// The error of a file of results for which there is no room; `nil` for another one.
    private func fullDisk(_ error: DataError) -> DataError? {
        guard case .file(let path) = destination, let name = output?.descriptorPath else { return nil }
        return FileFailure.fullDisk(error, writing: name, named: path)
    }

    /// The error with the paths of files, which the library knows by the names of descriptors.
    static func failure(_ error: DataError, _ paths: [String], _ files: [DescriptorFile]) -> DataError {
        var error = error
        // The name of one descriptor may be the beginning of another's.
        for (path, file) in zip(paths, files).sorted(by: { $0.1.name.utf8.count > $1.1.name.utf8.count }) {
            error.message = error.message.split(separator: file.name, omittingEmptySubsequences: false)
                .joined(separator: path)
        }
        return error
    }
}

extension FileFailure {
    /// The error of the library for a file for which there is no room, as that of a system call; `nil` for another one.
    static func fullDisk(_ error: DataError, writing name: String, named path: String) -> DataError? {
        guard error.message.contains("\"\(name)\"") else { return nil }
        return [ENOSPC, EDQUOT].first { error.message.contains(String(cString: strerror($0))) }.map {
            writing(path, $0)
        }
    }
}
