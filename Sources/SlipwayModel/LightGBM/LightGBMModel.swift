package import Foundation

/// A model in the text format that LightGBM's `save_model` writes.
///
/// ```swift
/// let bytes = try LightGBMModel(bytes: file).onnx()
/// ```
///
/// The file holds the rounds that were saved: after early stopping `save_model` keeps the rounds up to the best one, and
/// a model is read as it is.
package struct LightGBMModel: Sendable {
    /// The first line of every file.
    static let firstLine = "tree"

    let header: LightGBMHeader
    /// The trees; their splits read ``columns``.
    let trees: BoostedTrees
    let columns: LightGBMColumns
    /// The columns that callers send as categories, by feature.
    let categories: [LightGBMCategories]
    /// The features that a row must have: those that some split reads without a way for missing values.
    let neededFeatures: Set<Int>

    /// Whether bytes begin as a LightGBM model does.
    package static func recognises(_ bytes: Data) -> Bool {
        let lines = bytes.prefix(256).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > 1 else { return false }
        let texts = lines.prefix(2).map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .newlines) }
        return texts[0] == firstLine && texts[1].hasPrefix("version=")
    }

    /// Reads and checks a file.
    ///
    /// - Throws: ``ModelError`` of kind `malformedModel` with the line and what was expected there, `unsupportedModel`
    ///   for linear trees, unknown objectives, and categories that cannot be matched with their columns,
    ///   `limitExceeded` for a model over the limits.
    /// - Complexity: O(bytes).
    package init(bytes: Data, limits: LightGBMLimits = .default) throws(ModelError) {
        var reader = try LightGBMReader(bytes, limits: limits)
        self = try reader.read()
    }

    init(
        header: LightGBMHeader, trees: [BoostedTrees.Tree], neededFeatures: Set<Int>, notes: LightGBMNotes
    ) throws(ModelError) {
        self.header = header
        self.neededFeatures = neededFeatures
        categories = try LightGBMCategories.matched(notes, with: header)
        var trees = trees
        columns = LightGBMColumns(
            featureCount: header.featureNames.count, coded: Set(categories.map(\.feature)), resolving: &trees)
        self.trees = BoostedTrees(
            featureCount: columns.features.count, targetCount: header.treesPerIteration, precision: .float64,
            trees: trees)
    }
}
