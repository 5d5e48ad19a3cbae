public import Foundation

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
    /// The age over which the data counts as stale; `nil` for never.
    public var maxAge: Duration?
    /// Whether a query without rows replaces the data; otherwise it is taken for a mistake.
    public var allowsEmpty: Bool

    /// Makes a view.
    public init(
        name: String, source: String, query: String, key: String, maxAge: Duration? = nil,
        allowsEmpty: Bool = false
    ) {
        self.name = name
        self.source = source
        self.query = query
        self.key = key
        self.maxAge = maxAge
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
    }

    /// Whether a copy is older than the view allows.
    public func isStale(_ generation: FeatureGeneration, at now: Date) -> Bool {
        maxAge.map { generation.age(at: now) > $0 / .seconds(1) } ?? false
    }

    private static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
    private static let digitsAndDashes = Set("0123456789_-".unicodeScalars)
}
