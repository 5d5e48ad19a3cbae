extension DataError {
    /// Whether asking again may help.
    public enum Outlook: Equatable, Sendable {
        /// It will fail again: the query is wrong, the table is not there, the password is refused.
        case lasting
        /// It may pass: the server is away, busy, or slow. A server that names a time is not asked before.
        case passing(after: Duration? = nil)
    }
}
