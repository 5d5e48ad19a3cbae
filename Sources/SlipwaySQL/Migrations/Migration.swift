/// One step in the growth of a store's tables.
///
/// A released migration never changes; a correction is another migration at the end of the list.
public struct Migration: Equatable, Sendable {
    /// The place in the list, counted from 1 without gaps.
    public var number: Int
    /// A few words for the log and the record: `create the version table`.
    public var name: String
    /// The statements, separated by semicolons, in SQL that SQLite and PostgreSQL both take.
    public var sql: String

    /// Makes a migration.
    public init(_ number: Int, _ name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }
}
