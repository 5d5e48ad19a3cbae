import SlipwayServing

/// How a project's models are served.
struct ServingConfiguration: Equatable, Sendable {
    /// What a server takes on, and for how long.
    var limits = ServingLimits()
}
