public import SlipwayData
import Synchronization

/// A data source that queries a DuckDB file.
///
/// The file is opened for reading while fetches and streams run, which share it, and closed after the last one, so that
/// its writer finds it free; a file that was replaced is seen by the next fetch. Queries reach no other file, no
/// network, and no extension.
public final class DuckDBSource: DataSource {
    /// The name that the project gives the source.
    public let name: String
    /// The path of the file.
    public let path: String
    private let use: DatabaseUse
    private let library: @Sendable () -> Library
    private let opened = Mutex(Opened())

    /// The database that fetches share while any of them runs.
    private struct Opened {
        weak var instance: Instance?
        var file: FileIdentity.Look = .unknown
    }

    /// Makes a source; the file is not opened yet, nor is the library.
    public init(
        name: String, path: String, use: DatabaseUse = DatabaseUse(),
        library: @autoclosure @escaping @Sendable () -> Library = .shared
    ) {
        self.name = name
        self.path = path
        self.use = use
        self.library = library
    }

    /// The type in the project file.
    public var kind: String { "duckdb" }

    /// Starts to answer a query in DuckDB's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says; `unreadable` where the library is absent.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        try await DuckDBStream.starting(source: name, limits: limits) { (interrupter) throws(DataError) in
            let database = try Database(to: self.instance())
            interrupter.watch(database)
            return (try database.answer(query), [])
        }
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as ``DataSource/tables(limits:)`` says.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        try await tables(
            by: "select table_schema, table_name from information_schema.tables "
                + "where table_catalog = current_database() order by 1, 2", limits: limits)
    }

    private func instance() throws(DataError) -> Instance {
        let functions = try library().required
        let file = FileIdentity.look(at: path)
        guard file != .nothing else {
            throw DataError(.unreadable, "there is no file '\(path)'", hint: "Check the path of the source.")
        }
        return try opened.withLock { (opened) throws(DataError) in
            if let instance = opened.instance, opened.file == file { return instance }
            let settings = DatabaseSettings(
                path: path, memoryByteCountMax: use.memoryByteCountMax, threadCount: use.threadCount)
            let instance = try Instance(settings, functions: functions)
            opened = Opened(instance: instance, file: file)
            return instance
        }
    }
}
