extension PredictionRecord {
    /// Which part of a deployment gave an answer.
    public enum Role: String, Codable, Hashable, Sendable, CaseIterable {
        /// The version that the environment answers with.
        case champion
        /// A version that answers a share of the calls.
        case challenger
        /// A version that sees the calls and answers nobody.
        case shadow
    }
}
