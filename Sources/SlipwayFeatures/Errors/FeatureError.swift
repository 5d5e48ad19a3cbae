public import SlipwayData

/// A problem with a feature view, its replication, or a look-up in it.
public struct FeatureError: DescribedError, Equatable {
    /// The kinds of feature problems.
    public enum Code: String, Sendable, CaseIterable {
        /// The view's definition makes no sense.
        case invalidView = "invalid_view"
        /// The source did not answer the view's query.
        case fetchFailed = "fetch_failed"
        /// The rows have no key column, or it has a missing or repeated value.
        case invalidKey = "invalid_key"
        /// The query returned no rows, and the view does not allow that.
        case emptyResult = "empty_result"
        /// What the store holds is not what was fetched.
        case verificationFailed = "verification_failed"
        /// Another replication of the same view started later and took its place.
        case superseded
        /// The view has never been replicated into this store.
        case notReplicated = "not_replicated"
        /// The rows or keys are more than their limit.
        case limitExceeded = "limit_exceeded"
        /// The store did not answer in time.
        case deadlineExceeded = "deadline_exceeded"
        /// The store is locked by another process.
        case storeLocked = "store_locked"
        /// The store failed.
        case storeFailed = "store_failed"
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?
    /// Whether trying again may help.
    public var outlook: DataError.Outlook

    /// Makes an error.
    public init(_ kind: Code, _ message: String, hint: String? = nil, outlook: DataError.Outlook = .lasting) {
        self.kind = kind
        self.message = message
        self.hint = hint
        self.outlook = outlook
    }

    /// The bounded kind as text.
    public var code: String { kind.rawValue }
}
