import SlipwayAccess
import SlipwayData
import SlipwayServing
import SlipwayTLS

/// Who may call a server, as the person who starts it says.
struct ServingAccess: Sendable {
    /// Callers have to prove who they are although only programs of this machine can reach the server.
    var requiresKeys = false
    /// Nobody has to prove who they are although others can reach the server.
    var isInsecure = false
    /// Callers prove who they are by a certificate before they say anything.
    var asksForCertificates = false
    /// Callers may prove who they are by tokens.
    var takesTokens = false

    /// When the server asks its callers who they are.
    func rule(isLoopback: Bool) -> AccessRule {
        if isInsecure { return .never }
        if requiresKeys || takesTokens { return .always }
        return isLoopback || asksForCertificates ? .onceThereAreKeys : .always
    }

    /// Refuses to start a server that others can reach and that nobody could be refused by, or call.
    ///
    /// - Throws: ``ServingError`` of kind `unauthenticated`.
    func refuseOpen(at endpoint: ServerEndpoint, keys: KeySet) throws(ServingError) {
        guard !endpoint.isLoopback, !isInsecure, !requiresKeys, !asksForCertificates, !takesTokens,
            !keys.hasActive(at: .now())
        else { return }
        throw ServingError(
            .unauthenticated, "\(endpoint.host) can be reached by others, and this project has no key to ask them for",
            hint: "Make one with slipway key create, listen on 127.0.0.1, or say --insecure.")
    }
}
