/// The rows of a query, some at a time, while its source still reads them.
///
/// ## Contract for implementers
/// - Batches have the columns of ``columns``, at least one row, and no more than the limits that the stream was asked
///   with; together they are the rows of a fetch, in the same order.
/// - ``next(until:)`` is called by one thread at a time, and blocks it; ``stop()`` may be called by any.
/// - Behind the last rows, `nil` is given as often as one asks. After a failure there are no further rows.
/// - What the stream holds of its source, such as a connection, is given back behind the last rows, after a failure,
///   and when nobody has the stream any longer.
///
/// `DataSourceConformance` in the test kit checks it.
public protocol RowStream: TableBatches, Sendable {
    /// A table without rows, with the columns of all batches.
    var columns: Table { get }

    /// The time that the source may take for a batch.
    var timeout: Duration { get }

    /// The next rows; `nil` at the end.
    ///
    /// - Parameter deadline: When the source is interrupted.
    /// - Throws: ``DataError`` that names the source, as ``DataSource/stream(_:limits:)`` does.
    func next(until deadline: ContinuousClock.Instant) throws(DataError) -> Table?

    /// Ends the stream: a call of ``next(until:)`` that waits, and every later one, throws.
    func stop()
}

extension RowStream {
    /// The next rows, for which the source may take its timeout; `nil` at the end.
    ///
    /// - Throws: ``DataError``, as ``next(until:)`` does.
    public func next() throws(DataError) -> Table? { try next(until: .now + timeout) }

    /// All rows as one table.
    ///
    /// - Parameter source: The name of the source, for messages.
    /// - Throws: ``DataError``; `limitExceeded` for a result over the limits.
    package func gathered(
        within limits: FetchLimits, until deadline: ContinuousClock.Instant, source: String
    ) async throws(DataError) -> Table {
        try await BlockingWork.run(until: stop) { () throws(DataError) in
            var budget = FetchBudget(limits: limits)
            var parts: [Table] = []
            while let part = try self.next(until: deadline) {
                do throws(DataError) {
                    try budget.spend(rows: part.rowCount, bytes: part.cellByteCount)
                } catch {
                    throw error.naming(source: source)
                }
                parts.append(part)
            }
            if parts.count == 1 { return parts[0] }
            return parts.isEmpty ? self.columns : try Table.concatenating(parts)
        }
    }
}
