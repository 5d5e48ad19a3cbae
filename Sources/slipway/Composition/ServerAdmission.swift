import Logging
import ServiceLifecycle
import SlipwayAccess
import SlipwayServing
import SlipwayTLS
import SlipwayTokens

/// Who a server lets in: its gatekeeper, and what keeps the keys that the gatekeeper knows up to date.
struct ServerAdmission {
    let gatekeeper: Gatekeeper
    /// What follows the project's keys and the issuer's.
    let services: [any Service]

    /// Reads all keys.
    ///
    /// - Throws: Why nobody could be let in, or ``ServingError`` when anybody could.
    init(
        _ platform: Platform, _ options: PredictionServer.Options, metrics: ServingMetrics, logger: Logger
    ) async throws {
        var tokens: IssuerTokens?
        if let (rules, keys) = options.tokens { tokens = try await IssuerTokens(rules, keys: keys) }
        gatekeeper = Gatekeeper(rule: options.access.rule(isLoopback: options.http.isLoopback), verifier: tokens)
        let keys = KeyWatcher(store: platform.keys.store, gatekeeper: gatekeeper, metrics: metrics, logger: logger)
        try options.access.refuseOpen(at: options.http, keys: keys.load())
        let tokenKeys: (any Service)? = tokens.map { KeySetWatcher(tokens: $0, logger: logger) }
        services = [tokenKeys, keys].compactMap(\.self)
    }
}
