import Foundation
public import SlipwayData

/// A data source whose tables are the files of a folder, or one file: CSV, Parquet, and JSON Lines.
///
/// A query in DuckDB's dialect runs over the files that it names; `customers.parquet` is the table `customers`, letter
/// case aside. A file is read while the query runs, so that one larger than memory can be asked, and the query reaches
/// no file that it does not name.
public struct FilesSource: DataSource {
    /// The files that one query may name.
    public static let tableCountMax = 64

    /// The name that the project gives the source.
    public let name: String
    /// The path of the folder or file.
    public let path: String
    private let use: DatabaseUse
    private let library: @Sendable () -> Library

    /// Makes a source; nothing is read yet, nor is the library opened.
    public init(
        name: String, path: String, use: DatabaseUse = DatabaseUse(),
        library: @autoclosure @escaping @Sendable () -> Library = .shared
    ) {
        self.name = name
        self.path = path
        self.use = use
        self.library = library
    }

    /// Which of the files of some names a query may name as tables.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for more than ``tableCountMax``.
    public static func files(named names: [String], in query: String) throws(DataError) -> [String] {
        try FileListing(names: names).files(in: query, countMax: tableCountMax).map(\.name)
    }

    /// The tables that the files of some names are, in their order.
    public static func tables(ofFilesNamed names: [String]) -> [String] { FileListing(names: names).tableNames }

    /// The type in the project file.
    public var kind: String { "files" }

    /// Starts to answer a query in DuckDB's dialect.
    ///
    /// Columns of text files have the types of their first rows; a value further on that is of another type ends the
    /// stream.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says; `unreadable` where the library is absent.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        try await stream(query, limits: limits, typesBy: .first)
    }

    /// Answers a query in DuckDB's dialect; columns have types that fit all rows.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says; `unreadable` where the library is absent.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        let deadline = ContinuousClock.now + limits.timeout
        func answer(_ sample: TypeSample) async throws(DataError) -> Table {
            try await stream(query, limits: StreamLimits(limits), typesBy: sample)
                .gathered(within: limits, until: deadline, source: name)
        }
        do throws(DataError) {
            return try await answer(.first)
        } catch {
            guard Self.isOfAnotherType(error) else { throw error }
        }
        return try await answer(.all)
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        do {
            let path = path
            return try await BlockingWork.run { () throws(DataError) in try FileListing(of: path).tableNames }
                .map { SourceTable(name: $0) }
        } catch {
            throw error.naming(source: name)
        }
    }

    /// Whether a value, perhaps of a row behind the first ones, is not of the type that its column was taken for.
    private static func isOfAnotherType(_ error: DataError) -> Bool {
        error.kind == .wrongType || error.message.contains("JSON transform error")
    }

    private func stream(
        _ query: String, limits: StreamLimits, typesBy sample: TypeSample
    ) async throws(DataError) -> DuckDBStream {
        try await DuckDBStream.starting(source: name, limits: limits) { (interrupter) throws(DataError) in
            try start(query, typesBy: sample, interrupter)
        }
    }

    private func start(
        _ query: String, typesBy sample: TypeSample, _ interrupter: Interrupter
    ) throws(DataError) -> DuckDBStream.Open {
        let functions = try library().required
        let listing = try FileListing(of: path)
        let files = try listing.files(in: query, countMax: Self.tableCountMax)
        var opened: [OpenTable] = []
        for file in files { opened.append(OpenTable(file: file)) }
        let settings = DatabaseSettings(
            memoryByteCountMax: use.memoryByteCountMax, threadCount: use.threadCount,
            files: opened.compactMap(\.descriptor?.name))
        let database = try Database(settings, functions: functions)
        interrupter.watch(database)
        var offered: Set<String> = []
        do {
            let rows = try database.answer(query) { (name) throws(DataError) in
                let same = opened.filter { $0.file.table.lowercased() == name.lowercased() }
                try listing.requireOne(same.map(\.file))
                guard let table = same.first, offered.insert(table.file.name).inserted else { return false }
                try table.offer(to: database, typesBy: sample)
                return true
            }
            return (rows, opened)
        } catch {
            var error = opened.told(error)
            if error.kind == .unreadable { error.hint = error.hint ?? listing.hint }
            throw error
        }
    }
}
