/// A row that does not parse: where it stands, and why.
///
/// Its cells are not kept, for they may be personal.
public struct BadRow: Equatable, Sendable {
    /// The line on which the row begins, counted from 1.
    public var line: Int
    /// What is wrong with it.
    public var reason: String

    /// Describes a row.
    public init(line: Int, reason: String) {
        self.line = line
        self.reason = reason
    }
}
