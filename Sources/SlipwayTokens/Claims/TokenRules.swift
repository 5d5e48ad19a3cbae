public import SlipwayAccess
import SlipwayData

/// Which tokens a server takes, and what they allow.
public struct TokenRules: Equatable, Sendable {
    /// The claim that is read when no other is named.
    public static let roleClaimDefault = "slipway_roles"
    /// How far the clocks of issuer and server may differ.
    static let leewaySeconds = 60.0
    /// The most roles that are read of one token.
    static let roleCountMax = 256

    /// Who must have issued the token: the claim `iss`.
    public var issuer: String
    /// Whom the token must be for: one of the claim `aud`.
    public var audience: String
    /// The path of the claim that holds the roles, parts separated by dots, such as `realm_access.roles`.
    public var roleClaim: String
    /// What each role of the issuer allows here; where it is empty, roles are scopes as Slipway writes them.
    public var scopes: [String: [Scope]]

    /// Makes rules.
    public init(
        issuer: String, audience: String, roleClaim: String = roleClaimDefault, scopes: [String: [Scope]] = [:]
    ) {
        self.issuer = issuer
        self.audience = audience
        self.roleClaim = roleClaim
        self.scopes = scopes
    }

    /// The principal that verified claims describe.
    ///
    /// - Parameter seconds: The time now, in seconds since 1970.
    /// - Throws: `AccessError` of kind `unauthenticated` for claims that do not hold here and now (RFC 7519, 4.1).
    func principal(of claims: JSONObject, at seconds: Double) throws(AccessError) -> Principal {
        guard case .string(issuer)? = claims["iss"] else {
            throw Self.refusal("is not of the issuer that this server trusts")
        }
        guard Self.texts(claims["aud"]).contains(audience) else { throw Self.refusal("is not meant for this server") }
        guard let expiry = Self.seconds(claims["exp"]), expiry.isFinite else {
            throw Self.refusal("does not say when it expires")
        }
        guard seconds < expiry + Self.leewaySeconds else { throw Self.refusal("has expired") }
        if let start = claims["nbf"] {
            guard let start = Self.seconds(start), start <= seconds + Self.leewaySeconds else {
                throw Self.refusal("is not good yet")
            }
        }
        guard case .string(let subject)? = claims["sub"], !subject.isEmpty else {
            throw Self.refusal("does not say whom it is about")
        }
        return Principal(.token, id: Self.printable(subject), scopes: scopes(of: claims))
    }

    private func scopes(of claims: JSONObject) -> [Scope] {
        var value: JSONValue? = .object(claims)
        // A claim may have a dot in its own name, as those that are addresses do.
        if let direct = claims[roleClaim] {
            value = direct
        } else {
            for part in roleClaim.split(separator: ".") { value = value?[String(part)] }
        }
        let roles = Self.texts(value).prefix(Self.roleCountMax)
        guard scopes.isEmpty else { return roles.flatMap { scopes[$0] ?? [] } }
        return roles.compactMap { Scope($0) }
    }

    /// One text, texts separated by blanks, or a list of texts.
    private static func texts(_ value: JSONValue?) -> [String] {
        switch value {
        case .string(let text)?: text.split(separator: " ").map(String.init)
        case .array(let items)?:
            items.compactMap { item in
                guard case .string(let text) = item else { return nil }
                return text
            }
        default: []
        }
    }

    private static func seconds(_ value: JSONValue?) -> Double? { value?.asValue?.asNumber }

    private static func refusal(_ what: String) -> AccessError {
        AccessError(.unauthenticated, "the token \(what)", hint: "Ask its issuer for a new one.")
    }

    /// A subject as it can stand in a line of a log.
    private static func printable(_ subject: String) -> String {
        let plain = subject.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String($0) }
        return String(plain.joined().prefix(Principal.idLengthMax))
    }
}
