public import SlipwayData
import Synchronization

/// A data source that answers every query with a table or an error set by the test.
public final class InMemoryDataSource: DataSource {
    /// The name of the source.
    public let name: String
    private let answer: Mutex<Result<Table, DataError>>

    /// Makes a source that answers with a table.
    public init(name: String = "memory", _ table: Table) {
        self.name = name
        answer = Mutex(.success(table))
    }

    /// The type of the source.
    public var kind: String { "memory" }

    /// Answers with another table from now on.
    public func set(_ table: Table) { answer.withLock { $0 = .success(table) } }

    /// Fails from now on.
    public func fail(with error: DataError) { answer.withLock { $0 = .failure(error) } }

    /// Gives the answer that was set.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        InMemoryStream(try answer.withLock { $0 }.get(), limits: limits)
    }

    /// One table, which is as good as any query.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] { [SourceTable(name: name)] }
}
