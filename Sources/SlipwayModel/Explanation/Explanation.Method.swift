extension Explanation {
    /// How contributions are found.
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// The exact Shapley values of the fields of a tree ensemble, where a split on an unknown field sends a row both
        /// ways in the shares of the rows seen there.
        case trees = "tree_shap"
        /// The exact Shapley values of the fields of a linear model: coefficient times distance from the mean.
        case linear = "linear_shap"
        /// Shapley values estimated by changing a background row into the row at hand, field by field, in many orders.
        case sampling = "permutation_sampling"
    }
}
