public import SlipwayAccess

/// A type that tells who signed a token, and whom it is about.
///
/// ## Contract for implementers
/// - A token is taken only when its signature, issuer, audience, and times all hold.
/// - No message repeats any of the token.
public protocol TokenVerifier: Sendable {
    /// The principal that a token proves.
    ///
    /// - Throws: `AccessError` of kind `unauthenticated`.
    func principal(of token: String) async throws(AccessError) -> Principal
}
