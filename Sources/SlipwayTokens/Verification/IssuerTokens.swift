public import SlipwayAccess
public import SlipwayData
public import SlipwayServing
import Synchronization

/// Verifies the tokens of one issuer: JSON Web Tokens (RFC 7519) signed by a key of its set.
public final class IssuerTokens: TokenVerifier {
    private struct State {
        var keys: VerificationKeySet
        var isUnknownKeyAsked = false
    }

    private let rules: TokenRules
    let source: KeySetSource
    private let now: @Sendable () -> Timestamp
    private let state: Mutex<State>

    /// Reads the issuer's keys.
    ///
    /// - Parameter now: Gives the time by which tokens expire.
    /// - Throws: `AccessError` of kind `invalidKey`.
    public init(
        _ rules: TokenRules, keys source: KeySetSource,
        now: @escaping @Sendable () -> Timestamp = { Timestamp.now() }
    ) async throws(AccessError) {
        self.rules = rules
        self.source = source
        self.now = now
        state = Mutex(State(keys: try await source.read()))
    }

    /// The principal that a token proves.
    ///
    /// - Throws: `AccessError` of kind `unauthenticated`.
    public func principal(of token: String) async throws(AccessError) -> Principal {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let signature = Base64URL.bytes(of: parts[2]) else {
            throw Self.malformed
        }
        // Extensions that a token calls critical must be understood, and none is (RFC 7515, 4.1.11).
        guard header["crit"] == nil, case .string(let algorithm)? = header["alg"] else { throw Self.malformed }
        let key = try key(of: header)
        guard key.algorithm == algorithm,
            key.verifies(signature, of: token[..<parts[1].endIndex])
        else {
            throw AccessError(
                .unauthenticated, "the token was not signed by the issuer that this server trusts",
                hint: "Ask that issuer for a token.")
        }
        guard let claims = Self.object(parts[1]) else { throw Self.malformed }
        return try rules.principal(of: claims, at: Double(now().milliseconds) / 1_000)
    }

    /// Takes the issuer's keys as they are now.
    ///
    /// - Throws: `AccessError`; the keys before go on to hold.
    func refresh() async throws(AccessError) {
        let keys = try await source.read()
        state.withLock { $0 = State(keys: keys) }
    }

    /// Whether a token named a key that is not known, so that the issuer may have a new one.
    var isUnknownKeyAsked: Bool { state.withLock { $0.isUnknownKeyAsked } }

    private func key(of header: JSONObject) throws(AccessError) -> VerificationKey {
        var id: String?
        if case .string(let text)? = header["kid"] { id = text }
        let key = state.withLock { state in
            let key = state.keys.key(named: id)
            if key == nil { state.isUnknownKeyAsked = true }
            return key
        }
        guard let key else {
            throw AccessError(
                .unauthenticated, "the token names a key that its issuer does not publish",
                hint: "Try again in a minute if the issuer's keys are new.")
        }
        return key
    }

    private static let malformed = AccessError(.unauthenticated, "what was sent as a token is none")

    private static func object(_ part: Substring) -> JSONObject? {
        guard let bytes = Base64URL.bytes(of: part), case .object(let members)? = try? JSONValue(parsing: bytes) else {
            return nil
        }
        return members
    }
}
