/// How large a LightGBM model may be before it is refused.
package struct LightGBMLimits: Equatable, Sendable {
    /// The bytes of the file.
    package var byteCount: Int
    /// The bytes of one line; a tree's thresholds are one.
    package var lineByteCount: Int
    /// The trees of the model, those of all classes counted.
    package var treeCount: Int
    /// The splits of all trees together.
    package var splitCount: Int
    /// The categories in all splits together, each as often as a split names it.
    package var categoryCount: Int
    /// The features of a row.
    package var featureCount: Int
    /// The classes.
    package var classCount: Int

    /// Makes limits; each defaults to the value in ``default``.
    package init(
        byteCount: Int = 2_147_483_647, lineByteCount: Int = 67_108_864, treeCount: Int = 1_000_000,
        splitCount: Int = 20_000_000, categoryCount: Int = 50_000_000, featureCount: Int = 1_000_000,
        classCount: Int = 10_000
    ) {
        self.byteCount = byteCount
        self.lineByteCount = lineByteCount
        self.treeCount = treeCount
        self.splitCount = splitCount
        self.categoryCount = categoryCount
        self.featureCount = featureCount
        self.classCount = classCount
    }

    /// Limits that every model of practice stays under: 2 GiB, a million trees and features, 20 million splits.
    package static let `default` = LightGBMLimits()
}
