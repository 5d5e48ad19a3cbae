import SlipwayData
import SlipwaySQL
import Synchronization

/// Answers queries in SQLite's dialect over tables that are loaded into memory when a query names them.
struct TablesOnDemand {
    /// The tables that one query may name.
    static let tableCountMax = 64

    /// The name of the source.
    let source: String
    /// The names of the tables that there are.
    let tableNames: [String]
    /// What to say where there is no table of a name.
    let hint: String

    /// Answers a query with a stream, whose tables are held in memory until its end.
    ///
    /// - Throws: ``DataError``, as ``DataSource/stream(_:limits:)`` says.
    func stream(
        _ query: String, limits: StreamLimits, load: (String) async throws(DataError) -> Table
    ) async throws(DataError) -> any RowStream {
        try await stream(query, limits: limits, sample: .batch, until: .now + limits.timeout, load: load)
    }

    /// Answers a query with a table; computed columns have types that fit all rows.
    ///
    /// - Throws: ``DataError``, as ``DataSource/fetch(_:limits:)`` says.
    func fetch(
        _ query: String, limits: FetchLimits, load: (String) async throws(DataError) -> Table
    ) async throws(DataError) -> Table {
        let deadline = ContinuousClock.now + limits.timeout
        return try await stream(
            query, limits: StreamLimits(limits), sample: .all(limits), until: deadline, load: load
        ).gathered(within: limits, until: deadline, source: source)
    }

    /// Asks until no table is missing, loading the one that is; SQLite knows best which names in a query are tables.
    ///
    /// - Parameter load: Gives the rows of a table by its name in ``tableNames``.
    private func stream(
        _ query: String, limits: StreamLimits, sample: SQLiteRows.Sample, until deadline: ContinuousClock.Instant,
        load: (String) async throws(DataError) -> Table
    ) async throws(DataError) -> SQLiteStream {
        let database: SQLiteDatabase
        do { database = try SQLiteDatabase(inMemory: source) } catch { throw DataError(error, source: source) }
        for _ in 0...Self.tableCountMax {
            let missing = FirstMissing()
            do throws(DataError) {
                return try await SQLiteStream.starting(source: source, limits: limits) { _, stopSwitch in
                    try missing.noting {
                        try database.rows(
                            of: query, limits: limits, sample: sample, until: deadline, unless: stopSwitch)
                    }
                }
            } catch {
                guard let table = missing.table else { throw error }
                try await add(table, to: database, load: load)
            }
            guard .now < deadline else { throw .timedOut(after: limits.timeout, source: source) }
        }
        throw DataError(
            .limitExceeded, "source '\(source)': the query names more than \(Self.tableCountMax) tables",
            hint: "Split the query.")
    }

    private func add(
        _ table: String, to database: SQLiteDatabase, load: (String) async throws(DataError) -> Table
    ) async throws(DataError) {
        let wanted = table.lowercased()
        let unqualified = wanted.hasPrefix("main.") ? String(wanted.dropFirst("main.".count)) : wanted
        guard let name = tableNames.first(where: { $0.lowercased() == unqualified }) else {
            throw DataError(.unreadable, "source '\(source)': there is no table '\(table)'", hint: hint)
        }
        let rows: Table
        do { rows = try await load(name) } catch { throw error.naming(source: source) }
        try requireDistinctNames(rows.names, of: name)
        let written = await BlockingWork.run {
            Result { try database.write { try $0.create(name, holding: rows) } }
        }
        if case .failure(let error) = written { throw DataError(error, source: source) }
    }

    private func requireDistinctNames(_ names: [String], of table: String) throws(DataError) {
        var seen: [String: String] = [:]
        for name in names {
            if let other = seen.updateValue(name, forKey: name.lowercased()) {
                throw DataError(
                    .malformed, "source '\(source)': columns '\(other)' and '\(name)' of \(table) differ only in case",
                    hint: "Rename one of them.")
            }
        }
    }
}

extension SQLiteConnection {
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

/// The table that a query names and that is not there.
private final class FirstMissing: Sendable {
    private let name = Mutex<String?>(nil)

    var table: String? { name.withLock { $0 } }

    func noting<Answer>(_ work: () throws -> Answer) throws -> Answer {
        do {
            return try work()
        } catch let error as SQLError where error.kind == .missingTable {
            name.withLock { $0 = error.subject ?? "" }
            throw error
        }
    }
}
