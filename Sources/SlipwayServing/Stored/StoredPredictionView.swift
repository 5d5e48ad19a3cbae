/// Where the stored predictions of a model are: a feature view whose rows say which version made them, and when.
public struct StoredPredictionView: Equatable, Sendable {
    /// The column with the number of the version, as `slipway score --stamp` writes it.
    public static let versionColumn = "model_version"
    /// The column with the time of the scoring, as `slipway score --stamp` writes it.
    public static let timeColumn = "scored_at"

    /// The name of the feature view.
    public var name: String
    /// The column that its rows are found by.
    public var key: String
    /// How its rows are used.
    public var use: FeatureUse
    /// The columns that no caller is shown, because their source keeps them encrypted.
    public var hiddenColumns: Set<String>

    /// Names a view.
    public init(name: String, key: String, use: FeatureUse = FeatureUse(), hiddenColumns: Set<String> = []) {
        self.name = name
        self.key = key
        self.use = use
        self.hiddenColumns = hiddenColumns
    }
}
