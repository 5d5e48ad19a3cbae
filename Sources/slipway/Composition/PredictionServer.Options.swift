import SlipwayAccess
import SlipwayTLS
import SlipwayTokens

extension PredictionServer {
    /// Where the server listens, and who may call.
    struct Options {
        var environment = Platform.defaultEnvironment
        var host = "127.0.0.1"
        var port = 8080
        /// The port for gRPC; `nil` serves HTTP alone.
        var grpcPort: Int?
        /// Who may call.
        var access = ServingAccess()
        /// The origins of web pages whose scripts may call.
        var origins: [String] = []
        /// The file that gets a line for each request, or `-` for standard output; `nil` keeps no such log.
        var accessLog: String?
        /// The certificates of the server; `nil` serves in the clear.
        var tls: TLSFiles?
        /// Which tokens are taken, and whose keys they are verified by; `nil` when none are.
        var tokens: (rules: TokenRules, keys: KeySetSource)?

        /// Serves by https, with certificates in PEM.
        mutating func setTLS(certificate: String, key: String, clientIssuers: String?) {
            tls = TLSFiles(certificate: certificate, key: key, clientIssuers: clientIssuers)
        }

        /// Takes tokens of an issuer.
        mutating func setTokens(
            keys: String, issuer: String, audience: String, roleClaim: String?, scopes: [String: [Scope]]
        ) throws {
            let rules = TokenRules(
                issuer: issuer, audience: audience, roleClaim: roleClaim ?? TokenRules.roleClaimDefault, scopes: scopes)
            tokens = (rules, try KeySetSource(keys))
        }

        /// Where HTTP is served.
        var http: ServerEndpoint { ServerEndpoint(host: host, port: port, tls: tls) }

        /// Where gRPC is served; `nil` where it is not.
        var grpc: ServerEndpoint? { grpcPort.map { ServerEndpoint(host: host, port: $0, tls: tls) } }
    }
}
