import SlipwayServing

/// How the servers of a project answer.
struct ServingConfiguration: Equatable, Sendable {
    /// What a server takes on, and for how long.
    var limits = ServingLimits()
    /// How much of the answers is kept for the same input; `nil` keeps nothing.
    var cache: PredictionCache.Limits?
}
