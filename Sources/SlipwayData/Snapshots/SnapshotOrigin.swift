/// Where the rows of a snapshot come from: enough to ask for them again, and nothing that opens a door.
///
/// A source is named, not addressed, so that no credential can be among it.
public struct SnapshotOrigin: Codable, Equatable, Sendable {
    /// A history that was joined to the rows of the query, as ``AsOfJoin`` does it.
    public struct History: Codable, Equatable, Sendable {
        /// The source of the history.
        public var source: String
        /// The query of the history.
        public var query: String
        /// How it was joined.
        public var join: AsOfJoin

        /// Describes a history.
        public init(source: String, query: String, join: AsOfJoin) {
            self.source = source
            self.query = query
            self.join = join
        }
    }

    /// The name of the source.
    public var source: String
    /// Its type: `sqlite`, `csv`.
    public var sourceType: String
    /// The query.
    public var query: String
    /// The histories that were joined, in order.
    public var histories: [History]
    /// The columns that were covered, and how.
    public var privacy: [String: String]
    /// The revision of the project's code, with `-dirty` where the work tree had changes; `nil` without one.
    public var codeRevision: String?

    /// Describes an origin.
    public init(
        source: String, sourceType: String, query: String, histories: [History] = [],
        privacy: [String: String] = [:], codeRevision: String? = nil
    ) {
        self.source = source
        self.sourceType = sourceType
        self.query = query
        self.histories = histories
        self.privacy = privacy
        self.codeRevision = codeRevision
    }

    private enum CodingKeys: String, CodingKey {
        case source
        case sourceType = "source_type"
        case query, histories, privacy
        case codeRevision = "code_revision"
    }
}
