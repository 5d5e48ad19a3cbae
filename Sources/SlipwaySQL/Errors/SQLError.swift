public import SlipwayData

/// A problem with a store or with a statement given to it.
public struct SQLError: DescribedError, Equatable {
    /// The kinds of store problems.
    public enum Code: String, Sendable, CaseIterable {
        /// Another connection holds the lock and did not let go within the busy timeout.
        case locked = "store_locked"
        /// The disk or the quota is full; nothing of the transaction is kept.
        case full = "disk_full"
        /// The file is damaged or is no database.
        case corrupt = "store_corrupt"
        /// The file cannot be opened or read.
        case unreadable = "store_unreadable"
        /// The server of the store does not answer, or the connection to it was lost.
        case unreachable = "store_unreachable"
        /// The store was opened for reading, or the file may not be written.
        case readOnly = "store_read_only"
        /// A row with the same unique key is there already.
        case uniqueViolation = "unique_violation"
        /// A row breaks another rule of its table: not null, check, foreign key.
        case constraintViolation = "constraint_violation"
        /// The statement is not SQL, or its placeholders and values do not match.
        case invalidStatement = "invalid_statement"
        /// The statement names a table that is not there.
        case missingTable = "missing_table"
        /// The statement names a column that is not there.
        case missingColumn = "missing_column"
        /// A cell does not hold the type that was asked for.
        case wrongType = "wrong_type"
        /// The result is larger than its limit.
        case limitExceeded = "limit_exceeded"
        /// The statement ran past its deadline and was stopped.
        case interrupted
        /// The store was written by a newer Slipway.
        case newerStore = "newer_store"
        /// Any other failure of the database.
        case failed = "store_failed"
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?
    /// The table or column that is missing, as the statement names it.
    public var subject: String?
    /// The statement at fault; for logs only, its values are never in it.
    public var statement: String?

    /// Makes an error.
    public init(_ kind: Code, _ message: String, hint: String? = nil, subject: String? = nil, statement: String? = nil)
    {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.subject = subject
        self.statement = statement
    }

    /// The bounded kind as text.
    public var code: String { kind.rawValue }
}
