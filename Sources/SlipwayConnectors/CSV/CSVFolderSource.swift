import Foundation
public import SlipwayData
import SlipwaySQL

/// A data source whose tables are the `*.csv` files of a folder.
///
/// A query in SQLite's dialect runs over the files that it names; `customers.csv` is the table `customers`, letter case
/// aside. The files are read anew at each fetch, and types are inferred from their cells.
public struct CSVFolderSource: DataSource {
    /// The files that one query may name.
    public static let tableCountMax = 64

    /// The name that the project gives the source.
    public let name: String
    /// The path of the folder.
    public let folder: String
    /// The time after which a query is stopped, also when a fetch would allow more.
    public let timeout: Duration

    /// Makes a source; the folder is not read yet.
    public init(name: String, folder: String, timeout: Duration = FetchLimits.timeoutDefault) {
        self.name = name
        self.folder = folder
        self.timeout = timeout
    }

    /// The type in the project file.
    public var kind: String { "csv" }

    /// Answers a query in SQLite's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says; a broken file is named with its line.
    /// - Complexity: O(bytes of the named files), which are held in memory during the fetch.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let timeout = min(timeout, limits.timeout)
        let deadline = ContinuousClock.now + timeout
        return try await BlockingWork.run { () throws(DataError) -> Table in
            do {
                return try answer(query, limits: limits, deadline: deadline)
            } catch let error as SQLError where error.kind == .interrupted {
                throw .timedOut(after: timeout, source: name)
            } catch {
                throw DataError(error, source: name)
            }
        }
    }

    /// Asks until no table is missing, loading the one that is; SQLite knows best which names in a query are tables.
    private func answer(_ query: String, limits: FetchLimits, deadline: ContinuousClock.Instant) throws -> Table {
        let database = try SQLiteDatabase(inMemory: name)
        let files = try listFiles()
        for _ in 0...Self.tableCountMax {
            do {
                return try database.read(until: deadline) { try $0.table(query, limits: limits) }
            } catch let error as SQLError where error.kind == .missingTable {
                try load(error.subject ?? "", from: files, into: database)
            }
            guard .now < deadline else { throw DataError.timedOut(after: min(timeout, limits.timeout), source: name) }
        }
        throw DataError(
            .limitExceeded, "source '\(name)': the query names more than \(Self.tableCountMax) files",
            hint: "Split the query.")
    }

    /// The paths of the files by table name in lower case.
    private func listFiles() throws(DataError) -> [String: URL] {
        let listing: [URL]
        do {
            listing = try FileManager.default.contentsOfDirectory(
                at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil)
        } catch {
            throw DataError(
                .unreadable, "source '\(name)': the folder '\(folder)' cannot be read",
                hint: "Check that it exists and that you may read it.")
        }
        // Sorted, so that of two names that differ only in case the same one always wins.
        let tables = listing.filter { $0.pathExtension.lowercased() == "csv" }.sorted { $0.path < $1.path }
        return Dictionary(tables.map { ($0.tableName.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func load(_ table: String, from files: [String: URL], into database: SQLiteDatabase) throws {
        let wanted = table.lowercased()
        let unqualified = wanted.hasPrefix("main.") ? String(wanted.dropFirst("main.".count)) : wanted
        guard let file = files[unqualified] else {
            let known = files.values.map(\.tableName).sorted().joined(separator: ", ")
            throw DataError(
                .unreadable, "source '\(name)': there is no table '\(table)'",
                hint: known.isEmpty
                    ? "The folder '\(folder)' holds no .csv file." : "The folder '\(folder)' holds \(known).")
        }
        let rows = try CSVReader.table(contentsOf: file.path)
        try requireDistinctNames(rows.names, in: file)
        try database.write { try $0.create(file.tableName, holding: rows) }
    }

    private func requireDistinctNames(_ names: [String], in file: URL) throws(DataError) {
        var seen: [String: String] = [:]
        for name in names {
            if let other = seen.updateValue(name, forKey: name.lowercased()) {
                throw DataError(
                    .malformed,
                    "source '\(self.name)': columns '\(other)' and '\(name)' of \(file.path) differ only in case",
                    hint: "Rename one of them.")
            }
        }
    }
}

extension URL {
    fileprivate var tableName: String { deletingPathExtension().lastPathComponent }
}

extension SQLConnection {
    /// Makes a table of the given name that holds the given rows.
    fileprivate func create(_ name: String, holding table: Table) throws {
        let columns = try table.columns.map { "\(try quote($0.name)) \($0.type.declaration)" }
        let placeholders = columns.indices.map { "$\($0 + 1)" }
        let quoted = try quote(name)
        try execute("create table \(quoted) (\(columns.joined(separator: ", ")))")
        try execute(
            "insert into \(quoted) values (\(placeholders.joined(separator: ", ")))",
            forEach: (0..<table.rowCount).lazy.map { table.row($0) })
    }

    private func quote(_ name: String) throws(DataError) -> String {
        if !name.isEmpty, !name.utf8.contains(0) { return SQLText.name(name) }
        throw DataError(.malformed, "the name '\(name)' cannot be the name of a table or column")
    }
}

extension ColumnType {
    /// The declaration that reads back as this type.
    fileprivate var declaration: String {
        switch self {
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "real"
        case .string: "text"
        }
    }
}
