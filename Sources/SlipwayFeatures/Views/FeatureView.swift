public import SlipwayData

/// A keyed table that is replicated from a source to the serving store and read at prediction time.
public struct FeatureView: Equatable, Sendable {
    /// The name: letters, digits, `_` and `-`, a letter first, at most ``FeatureLimits/nameLengthMax``.
    public var name: String
    /// The name of the source.
    public var source: String
    /// The query that the source answers with the rows.
    public var query: String
    /// The column that rows are found by.
    public var key: String
    /// The column that says when a row was made: of several rows with one key the newest counts; `nil` for none.
    public var time: String?
    /// The columns that the rows must have, with who asks for them.
    public var neededColumns: [String: String]
    /// The age over which the data counts as stale; `nil` for never.
    public var maxAge: Duration?
    /// What is done to a column before it is stored; the key has no policy, because rows are found by it.
    public var privacy: [String: PrivacyPolicy]
    /// Whether a query without rows replaces the data; otherwise it is taken for a mistake.
    public var allowsEmpty: Bool

    /// Makes a view.
    public init(
        name: String, source: String, query: String, key: String, time: String? = nil,
        neededColumns: [String: String] = [:], maxAge: Duration? = nil, privacy: [String: PrivacyPolicy] = [:],
        allowsEmpty: Bool = false
    ) {
        self.name = name
        self.source = source
        self.query = query
        self.key = key
        self.time = time
        self.neededColumns = neededColumns
        self.maxAge = maxAge
        self.privacy = privacy
        self.allowsEmpty = allowsEmpty
    }

    /// Checks the definition on its own.
    ///
    /// - Throws: ``FeatureError`` of kind `invalidView`.
    public func validate() throws(FeatureError) {
        guard
            let first = name.unicodeScalars.first, Self.letters.contains(first),
            name.unicodeScalars.allSatisfy({ Self.letters.contains($0) || Self.digitsAndDashes.contains($0) }),
            name.unicodeScalars.count <= FeatureLimits.nameLengthMax
        else {
            throw FeatureError(
                .invalidView, "'\(name)' cannot be the name of a feature view",
                hint: "Use up to \(FeatureLimits.nameLengthMax) letters, digits, '_' and '-', a letter first.")
        }
        guard privacy[key] == nil else {
            throw FeatureError(
                .invalidView,
                "feature view '\(name)' has a privacy policy on its key '\(key)', by which rows are found",
                hint: "Remove the policy, or choose another key.")
        }
    }

    /// The rows as a store holds them: one for each key, by rising key.
    ///
    /// - Parameter table: What the query gave, with its personal columns covered.
    /// - Throws: ``FeatureError``: `invalidKey`, `emptyResult`, `limitExceeded`, or `invalidView` for columns that are
    ///   not there.
    /// - Complexity: O(n log n).
    public func storedRows(of table: Table) throws(FeatureError) -> Table {
        try KeyedRows(table, view: self).sorted()
    }

    /// Whether a copy is older than the view allows.
    public func isStale(_ generation: FeatureGeneration, at now: Timestamp) -> Bool {
        maxAge.map { generation.age(at: now) > $0 } ?? false
    }

    private static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
    private static let digitsAndDashes = Set("0123456789_-".unicodeScalars)
}
