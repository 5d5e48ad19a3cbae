import SlipwayData

extension Database {
    /// Functions that change what the database writes to files.
    private static let refusedFunctions = ["enable_logging"]

    /// Answers a query that must be a query alone.
    ///
    /// - Throws: ``DataError`` as ``DataSource/fetch(_:limits:)`` says, without the name of the source.
    func answer(_ query: String, limits: FetchLimits) throws(DataError) -> Table {
        guard !query.utf8.contains(0) else { throw DataError(.sourceFailed, "the query holds a NUL character") }
        let statement = try prepare(query)
        guard statement.isQuery, !Self.refusedFunctions.contains(where: query.lowercased().contains) else {
            throw DataError(.sourceFailed, "the statement is no query", hint: "A source is asked with select alone.")
        }
        try statement.bind([])
        let rows = try Rows(running: statement, on: self)
        var seen: Set<String> = []
        if let name = rows.names.first(where: { !seen.insert($0).inserted }) {
            throw DataError(
                .sourceFailed, "two columns are called '\(name)'",
                hint: "Give one of the columns another name with 'as'.")
        }
        return try rows.table(rowCountMax: limits.rowCountMax, cellByteCountMax: limits.byteCountMax)
    }
}
