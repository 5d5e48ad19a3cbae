import ArgumentParser
import SlipwayAccess

/// Which tokens of an identity provider a server takes.
struct TokenOptions: ParsableArguments {
    @Option(help: "A file, or an address with https://, with the public keys (JWKS) of an issuer of tokens.")
    var jwks: String?
    @Option(name: .customLong("jwt-issuer"), help: "Who must have issued a token.") var issuer: String?
    @Option(name: .customLong("jwt-audience"), help: "Whom a token must be for.") var audience: String?
    @Option(
        name: .customLong("jwt-role-claim"),
        help: "The claim that holds the roles, such as realm_access.roles; otherwise slipway_roles.")
    var roleClaim: String?
    @Option(
        name: .customLong("jwt-role"),
        help: "What a role of the issuer allows here, such as analysts=view:churn; may be repeated.")
    var roles: [String] = []

    func validate() throws {
        guard jwks != nil || (issuer == nil && audience == nil && roleClaim == nil && roles.isEmpty) else {
            throw ValidationError("the options that begin with --jwt- go with --jwks")
        }
        guard jwks == nil || (issuer != nil && audience != nil) else {
            throw ValidationError("--jwks goes with --jwt-issuer and --jwt-audience: any token of theirs is not enough")
        }
        _ = try scopes()
    }

    /// What each role of the issuer allows.
    func scopes() throws -> [String: [Scope]] {
        var scopes: [String: [Scope]] = [:]
        for text in roles {
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, let scope = Scope(String(parts[1])) else {
                throw ValidationError(
                    "--jwt-role takes ROLE=SCOPE, such as analysts=view:churn, not '\(text.prefix(80))'")
            }
            scopes[String(parts[0]), default: []].append(scope)
        }
        return scopes
    }
}
