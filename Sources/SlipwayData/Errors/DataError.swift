/// A problem with rows, columns, or a file that holds them.
public struct DataError: DescribedError, Equatable {
    /// The kinds of data problems.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are not what the format asks for.
        case malformed
        /// A column or field that is needed is not there.
        case missingColumn = "missing_column"
        /// A value does not fit the type of its column.
        case wrongType = "wrong_type"
        /// The input is larger or deeper than its limit.
        case limitExceeded = "limit_exceeded"
        /// A file or table does not exist or cannot be read.
        case unreadable
        /// A file or table cannot be written.
        case unwritable
        /// A source did not answer a query.
        case sourceFailed = "source_failed"
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?
    /// Where it happened, when it lies in a file.
    public var location: SourceLocation?
    /// Whether asking again may help.
    public var outlook: Outlook

    /// Makes an error; the location, when given, leads the message.
    public init(
        _ kind: Code, _ message: String, hint: String? = nil, at location: SourceLocation? = nil,
        outlook: Outlook = .lasting
    ) {
        self.kind = kind
        self.message = location.map { "\($0): \(message)" } ?? message
        self.hint = hint
        self.location = location
        self.outlook = outlook
    }

    /// The bounded kind as text.
    public var code: String { kind.rawValue }
}
