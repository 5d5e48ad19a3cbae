import SlipwayData

/// A table of a database that rows are written to, in one transaction.
final class TableSink: DataSink {
    private let change: TableChange
    private let mayKeep: @Sendable () throws(DataError) -> Void
    private let open: () throws -> any TableWriting
    private var database: (any TableWriting)?
    private var names: [String] = []

    /// Names the table; the database is opened by ``begin(_:)``, or by ``stream(_:limits:)``.
    ///
    /// - Parameter mayKeep: Asked right before the transaction ends; what it throws leaves the table as it was.
    init(
        _ change: TableChange, mayKeep: @escaping @Sendable () throws(DataError) -> Void = {},
        open: @escaping () throws -> any TableWriting
    ) {
        self.change = change
        self.mayKeep = mayKeep
        self.open = open
    }

    /// The rows of a query of the database that the table is in; `nil` where it can be asked by itself at the same
    /// time.
    func stream(_ query: String, limits: StreamLimits) throws(DataError) -> (any RowStream)? {
        try (opened() as? any TableReading)?.stream(query, limits: limits)
    }

    func begin(_ columns: Table) throws(DataError) {
        names = columns.names
        try opened().run(change.create(columns))
    }

    func write(_ rows: Table) throws(DataError) { try database?.insert(rows, into: change.stage) }

    func finish() throws(DataError) {
        guard let database = database.take() else { return }
        try change.apply(names, on: database)
        try mayKeep()
        try database.commit()
    }

    /// Fills the table by a query of the database itself, so that no row leaves it.
    ///
    /// - Parameters:
    ///   - kept: Columns of the table that the query reads, which stand first.
    ///   - source: That table.
    ///   - answers: The columns behind them, without rows.
    /// - Returns: How many rows were scored, and how many of them have no answer, as the model refuses them.
    func fill(
        by query: String, keeping kept: [String], of source: String, and answers: Table
    ) throws(DataError) -> (rowCount: Int, unansweredCount: Int) {
        let database = try opened()
        try database.run(change.create(columns: kept, of: source, and: answers))
        try database.run("INSERT INTO \(change.stage) \(query)")
        names = kept + answers.names
        let isUnanswered = answers.names.map { "\(SQLText.name($0)) IS NULL" }.joined(separator: " AND ")
        let count = try database.number("SELECT count(*) FROM \(change.stage)") ?? 0
        let unanswered = try database.number("SELECT count(*) FROM \(change.stage) WHERE \(isUnanswered)") ?? 0
        try finish()
        return (count, unanswered)
    }

    private func opened() throws(DataError) -> any TableWriting {
        if let database { return database }
        do {
            let database = try open()
            try change.examine(database)
            self.database = database
            return database
        } catch let error as DataError {
            throw error
        } catch {
            throw DataError(.sourceFailed, "\(error)")
        }
    }
}
