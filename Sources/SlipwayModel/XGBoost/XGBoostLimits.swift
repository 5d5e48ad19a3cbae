/// How large an XGBoost model may be before it is refused.
package struct XGBoostLimits: Equatable, Sendable {
    /// The bytes of the file.
    package var byteCount: Int
    /// How deep objects and arrays may lie in one another; XGBoost's own files need 8.
    package var depth: Int
    /// The trees of the model.
    package var treeCount: Int
    /// The nodes of all trees together.
    package var nodeCount: Int
    /// The features that the model reads.
    package var featureCount: Int
    /// The classes, targets or quantiles that the model predicts side by side.
    package var outputCount: Int

    /// Makes limits; each defaults to the value in ``default``.
    package init(
        byteCount: Int = 2_147_483_647, depth: Int = 32, treeCount: Int = 1_000_000, nodeCount: Int = 100_000_000,
        featureCount: Int = 1_000_000, outputCount: Int = 100_000
    ) {
        self.byteCount = byteCount
        self.depth = depth
        self.treeCount = treeCount
        self.nodeCount = nodeCount
        self.featureCount = featureCount
        self.outputCount = outputCount
    }

    /// Limits that models of practice stay under: 2 GiB of file, a million trees, a hundred million nodes.
    package static let `default` = XGBoostLimits()
}
