import SlipwayServing

/// How the servers of a project answer.
struct ServingConfiguration: Equatable, Sendable {
    /// What a server takes on, and for how long.
    var limits = ServingLimits()
    /// How much of the answers is kept for the same input; `nil` keeps nothing.
    var cache: PredictionCache.Limits?
    /// The file that gets a line for each request, below the project's folder, or `-` for standard output.
    var accessLog: String?
    /// Whether rows are taken as Parquet files, whose makers must be trusted.
    var takesParquet = false
}
