/// How large an XGBoost model may be before it is refused.
public struct XGBoostLimits: Equatable, Sendable {
    /// The bytes of the file.
    public var byteCount: Int
    /// How deep objects and arrays may lie in one another; XGBoost's own files need 8.
    public var depth: Int
    /// The trees of the model.
    public var treeCount: Int
    /// The nodes of all trees together.
    public var nodeCount: Int
    /// The features that the model reads.
    public var featureCount: Int
    /// The classes, targets or quantiles that the model predicts side by side.
    public var outputCount: Int

    /// Makes limits; each defaults to the value in ``default``.
    public init(
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
    public static let `default` = XGBoostLimits()
}
