public import SlipwayAccess
public import SlipwayData
import Synchronization

/// Stands before every protocol face: who calls, how often, and what may be done.
///
/// It reads keys from memory alone; ``KeyWatcher`` brings changes of the store there.
public final class Gatekeeper: Sendable {
    private struct State {
        var keys = KeySet()
        /// Whether there ever were keys: a store that lost them must not open a server that asked for them.
        var hadKeys = false
        var buckets: [String: TokenBucket] = [:]
    }

    private let rule: AccessRule
    private let verifier: (any TokenVerifier)?
    private let now: @Sendable () -> Timestamp
    private let state = Mutex(State())

    /// Makes a gatekeeper that knows no key yet.
    ///
    /// - Parameters:
    ///   - verifier: Takes tokens; without one none is taken.
    ///   - now: The time by which keys expire.
    public init(
        rule: AccessRule, verifier: (any TokenVerifier)? = nil,
        now: @escaping @Sendable () -> Timestamp = { Timestamp.now() }
    ) {
        self.rule = rule
        self.verifier = verifier
        self.now = now
    }

    /// Lets everybody do everything.
    public static let open = Gatekeeper(rule: .never)

    /// Takes the keys as they are now; what was made, changed, or revoked holds from the next request on.
    public func replaceKeys(with keys: KeySet) {
        state.withLock { state in
            state.keys = keys
            state.hadKeys = state.hadKeys || !keys.isEmpty
            let ids = keys.ids
            state.buckets = state.buckets.filter { ids.contains($0.key) }
        }
    }

    /// Whether callers have to prove who they are.
    public var asksForProof: Bool {
        switch rule {
        case .always: true
        case .never: false
        case .onceThereAreKeys: state.withLock { $0.hadKeys }
        }
    }

    /// Finds out who calls.
    ///
    /// - Parameters:
    ///   - authorization: The value of `Authorization`, if it was sent.
    ///   - apiKey: The value of `X-API-Key`, if it was sent.
    /// - Throws: ``ServingError`` of kind `unauthenticated`, or `rateLimited` with the time after which to come again.
    package func admit(authorization: String?, apiKey: String?) async throws(ServingError) -> Principal {
        guard asksForProof else { return .anyone }
        let principal: Principal
        do throws(AccessError) {
            principal = try await identify(authorization: authorization, apiKey: apiKey)
        } catch {
            throw ServingError(error)
        }
        try countAgainstRate(of: principal)
        return principal
    }

    private func identify(authorization: String?, apiKey: String?) async throws(AccessError) -> Principal {
        switch try Credential(authorization: authorization, apiKey: apiKey) {
        case nil: throw Credential.missing
        case .key(let secret):
            let keys = state.withLock { $0.keys }
            return try keys.principal(for: secret, at: now())
        case .token(let token):
            guard let verifier else {
                throw AccessError(
                    .unauthenticated, "this server takes keys and no tokens",
                    hint: "Send Authorization: Bearer slw_…, or start the server with --jwks.")
            }
            return try await verifier.principal(of: token)
        }
    }

    private func countAgainstRate(of principal: Principal) throws(ServingError) {
        guard let rate = principal.rateLimit else { return }
        let wait = state.withLock { state in
            let now = ContinuousClock.now
            var bucket = state.buckets[principal.id] ?? TokenBucket(rate: rate, at: now)
            let wait = bucket.take(at: now)
            state.buckets[principal.id] = bucket
            return wait
        }
        guard let wait else { return }
        throw ServingError(
            .rateLimited, "this key is for \(TokenBucket.text(of: rate)) requests a second",
            hint: "Send the rows of many requests in one, or ask for a higher rate.",
            retryAfterSeconds: max(1, Int((wait / .seconds(1)).rounded(.up))))
    }
}
