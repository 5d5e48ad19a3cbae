import SlipwayConnectors

/// What a source of the kind `http` says beside its address.
struct APIConfiguration: Equatable, Sendable {
    /// The most tables of a source.
    static let tableCountMax = 256

    /// What is sent as a bearer token.
    var token: TextReference?
    /// The lists of objects that it gives.
    var tables: [HTTPTable]
    /// How much it may answer.
    var limits = HTTPLimits()
}
