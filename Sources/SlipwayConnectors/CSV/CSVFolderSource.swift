import Foundation
public import SlipwayData

/// A data source whose tables are the `*.csv` files of a folder.
///
/// A query in SQLite's dialect runs over the files that it names; `customers.csv` is the table `customers`, letter case
/// aside. The files are read anew at each fetch or stream, and types are inferred from their cells.
public struct CSVFolderSource: DataSource {
    /// The name that the project gives the source.
    public let name: String
    /// The path of the folder.
    public let folder: String

    private let parsing: CSVParsing?
    private let quarantine: Quarantine?

    /// Makes a source; the folder is not read yet.
    ///
    /// - Parameters:
    ///   - parsing: How the files are read; `nil` for files as programs write them.
    ///   - quarantine: Where rows that do not parse are listed; a parsing needs one to set any aside.
    public init(name: String, folder: String, parsing: CSVParsing? = nil, quarantine: Quarantine? = nil) {
        self.name = name
        self.folder = folder
        self.parsing = parsing
        self.quarantine = quarantine
    }

    /// The type in the project file.
    public var kind: String { "csv" }

    /// Starts to answer a query in SQLite's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says; a broken file is named with its line.
    /// - Complexity: O(bytes of the named files), which are held in memory as long as the stream.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        let files = try listFiles()
        return try await tables(files).stream(query, limits: limits) { (table) async throws(DataError) in
            try await rows(of: table, in: files)
        }
    }

    /// Answers a query in SQLite's dialect; computed columns have types that fit all rows.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says; a broken file is named with its line.
    /// - Complexity: O(bytes of the named files), which are held in memory during the fetch.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let files = try listFiles()
        return try await tables(files).fetch(query, limits: limits) { (table) async throws(DataError) in
            try await rows(of: table, in: files)
        }
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        try listFiles().keys.sorted().map { SourceTable(name: $0) }
    }

    private func tables(_ files: [String: String]) -> TablesOnDemand {
        let names = files.keys.sorted()
        return TablesOnDemand(
            source: name, tableNames: names,
            hint: names.isEmpty
                ? "The folder '\(folder)' holds no .csv file."
                : "The folder '\(folder)' holds \(names.joined(separator: ", ")).")
    }

    private func rows(of table: String, in files: [String: String]) async throws(DataError) -> Table {
        let path = files[table] ?? ""
        return try await BlockingWork.run { () throws(DataError) in try read(path, as: table) }
    }

    private func read(_ path: String, as table: String) throws(DataError) -> Table {
        guard let parsing, let quarantine else { return try CSVReader.table(contentsOf: path) }
        let rows = try ParsedRows(contentsOf: path, parsing: parsing)
        return try quarantine.admit(rows, of: table, path: path, shareMax: parsing.badShareMax)
    }

    /// The paths of the files by table name.
    private func listFiles() throws(DataError) -> [String: String] {
        let listing: [URL]
        do {
            listing = try FileManager.default.contentsOfDirectory(
                at: URL(fileURLWithPath: folder), includingPropertiesForKeys: nil)
        } catch {
            throw DataError(
                .unreadable, "source '\(name)': the folder '\(folder)' cannot be read",
                hint: "Check that it exists and that you may read it.")
        }
        var files: [String: String] = [:]
        for file in listing where file.pathExtension.lowercased() == "csv" {
            files[file.deletingPathExtension().lastPathComponent] = file.path
        }
        return files
    }
}
