/// An XGBoost model as `Booster.save_model` writes it, in JSON or UBJSON.
///
/// ```swift
/// let onnx = try XGBoostModel(bytes: file).onnx()
/// ```
package struct XGBoostModel: Sendable, Equatable {
    /// What the predictions are summed from.
    enum Booster: Sendable, Equatable {
        /// Trees, each with the output that it adds to and its weight.
        case trees(Forest)
        /// A weight per feature and output, feature by feature, and one bias per output at the end.
        case linear([Float])
    }

    /// Trees in the order in which their leaves are summed.
    struct Forest: Sendable, Equatable {
        /// The trees.
        var trees: [XGBoostTree]
        /// The output that each tree adds to.
        var outputs: [Int32]
        /// What each tree's leaves are multiplied by (DART); `nil` where they count as they are.
        var weights: [Float]?
        /// Where the trees of each round begin, and where the last one ends.
        var roundStarts: [Int]
    }

    /// The version of XGBoost that wrote the model, such as `[3, 2, 0]`.
    package internal(set) var version: [Int]
    /// The names of the features in order; empty where the training rows had none.
    package internal(set) var featureNames: [String]
    /// The notes of the training, such as `best_iteration`.
    package internal(set) var attributes: [String: String]
    /// The features that a row has.
    package internal(set) var featureCount: Int
    /// The name of the objective, such as `binary:logistic`.
    package var objectiveName: String { objective.name }

    /// XGBoost's types of the features, such as `float` and `c`; empty where the training rows had none.
    var featureTypes: [String]
    /// The objective.
    var objective: XGBoostObjective
    /// What predictions begin with, in the space of the transformed predictions: one for all outputs or one for each.
    var baseScores: [Float]
    /// The values that the sums have per row: classes, targets, or quantiles.
    var outputCount: Int
    /// The trees or weights.
    var booster: Booster
    /// The categories of each feature where the training rows were a data frame with categories; `nil` for a number.
    var categories: [XGBoostCategories?]
}
