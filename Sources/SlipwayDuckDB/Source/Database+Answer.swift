import SlipwayData

extension Database {
    /// Functions that change what the database writes to files.
    private static let refusedFunctions = ["enable_logging"]

    /// Answers a query that must be a query alone.
    ///
    /// - Parameter add: Called with the name of a table that is not there; tells whether it is now.
    /// - Throws: ``DataError`` as ``DataSource/stream(_:limits:)`` says, without the name of the source.
    func answer(
        _ query: String, adding add: (String) throws(DataError) -> Bool = { _ in false }
    ) throws(DataError) -> Rows {
        guard !query.utf8.contains(0) else { throw DataError(.sourceFailed, "the query holds a NUL character") }
        let statement = try prepare(query, adding: add)
        guard statement.isQuery, !Self.refusedFunctions.contains(where: query.lowercased().contains) else {
            throw DataError(.sourceFailed, "the statement is no query", hint: "A source is asked with select alone.")
        }
        try statement.bind([])
        let rows = try Rows(running: statement, on: self)
        try rows.names.requireDistinct()
        return rows
    }

    /// Prepares a query, whose tables are added as they are found missing: the library knows best which names are some.
    private func prepare(
        _ query: String, adding add: (String) throws(DataError) -> Bool
    ) throws(DataError) -> Statement {
        while true {
            switch prepared(query) {
            case .success(let statement): return statement
            case .failure(let message):
                guard let table = message.missingTable, try add(table) else { throw message.error }
            }
        }
    }
}
