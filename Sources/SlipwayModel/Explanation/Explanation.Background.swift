extension Explanation {
    /// Where the rows come from that stand for what is not known of a row.
    public enum Background: String, Codable, Sendable, CaseIterable {
        /// The training rows, as the model file counts them at the nodes of its trees.
        case model
        /// The example rows of the package.
        case examples
        /// The few golden rows of the package.
        case golden
    }
}
