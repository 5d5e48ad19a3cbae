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

    /// The type in the project file.
    public var kind: String { "files" }

    /// Answers a query in DuckDB's dialect.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says; `unreadable` where the library is absent.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        try await TimedQuery(source: name, timeout: limits.timeout).run { (interrupter) throws(DataError) in
            try answer(query, limits: limits, interrupter)
        }
    }

    private func answer(
        _ query: String, limits: FetchLimits, _ interrupter: Interrupter
    ) throws(DataError) -> Table {
        let functions = try library().required
        let listing = try FileListing(of: path)
        let files = try listing.files(named: Database(DatabaseSettings(), functions: functions).tableNames(in: query))
        guard files.count <= Self.tableCountMax else {
            throw DataError(
                .limitExceeded, "the query names more than \(Self.tableCountMax) files", hint: "Split the query.")
        }
        var opened: [(file: TableFile, descriptor: DescriptorFile)] = []
        for file in files { opened.append((file, try file.open())) }
        let settings = DatabaseSettings(
            memoryByteCountMax: use.memoryByteCountMax, threadCount: use.threadCount,
            files: opened.map(\.descriptor.name))
        let database = try Database(settings, functions: functions)
        interrupter.watch(database)
        do {
            for (file, descriptor) in opened { try file.offer(descriptor, to: database) }
            let table = try database.answer(query, limits: limits)
            return withExtendedLifetime(opened) { table }
        } catch {
            // The library knows the files by the names of descriptors.
            let message = opened.reduce(error.message) { message, entry in
                message.replacing(entry.descriptor.name, with: entry.file.name)
            }
            throw DataError(error.kind, message, hint: error.kind == .unreadable ? listing.hint : error.hint)
        }
    }
}
