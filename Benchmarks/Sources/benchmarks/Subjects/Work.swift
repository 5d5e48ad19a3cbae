/// What a row asks of a model, however it is computed.
struct Work: Codable, Sendable {
    /// The trees.
    var trees: Int?
    /// The splits that a row passes on its way through all trees, the mean over the rows.
    var splits: Double?
    /// The products of a number of the row, or of a layer, and a coefficient.
    var products: Int?
}
