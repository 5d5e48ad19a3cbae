/// A row that is set aside: where it stands, and why.
///
/// Its cells are not kept, for they may be personal.
public struct BadRow: Equatable, Sendable {
    /// The file that it stands in; `nil` where there is only one.
    public var file: String?
    /// The line on which the row begins, counted from 1, or the row's own number where a format has no lines.
    public var line: Int
    /// What is wrong with it.
    public var reason: String

    /// Describes a row.
    public init(file: String? = nil, line: Int, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }
}
