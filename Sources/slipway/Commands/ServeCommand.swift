import ArgumentParser
import Foundation
import Logging
import SlipwayData

/// Serves the champions of an environment over HTTP, and over gRPC where it is asked for.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the champions of an environment over HTTP and gRPC.",
        discussion: """
            Examples:
              slipway serve --environment production --host 127.0.0.1 --port 8080 --grpc-port 8001
              slipway serve --host 0.0.0.0 --require-keys --cors-origin https://app.example

            Once the project has a key, callers have to send one (slipway key --help); an address that others can reach \
            is not served without.

              slipway serve --host 0.0.0.0 --tls-certificate server.pem --tls-key server-key.pem --tls-client-ca ca.pem

            serves https and secured gRPC to callers whose certificate one of those issuers signed.

            What the server takes on stands in slipway.yaml below serving: limits: (docs/limits.md); it says the limits \
            in force when it starts. Asked to end (SIGTERM), it answers what is under way first; asked again, it ends \
            at once.
            """)

    @OptionGroup var options: ProjectOptions
    @Option(help: "The environment.") var environment = Platform.defaultEnvironment
    @Option(help: "The address to listen on.") var host = "127.0.0.1"
    @Option(help: "The port to listen on; 0 takes a free one.") var port = 8080
    @Option(help: "The port for the Open Inference Protocol over gRPC; without it there is none. 0 takes a free one.")
    var grpcPort: Int?
    @Flag(help: "Listen on an address that others can reach, although nobody has to prove who they are.")
    var insecure = false

    @Flag(help: "Ask for a key also where only programs of this machine can call.") var requireKeys = false
    @Option(
        name: .customLong("cors-origin"),
        help: "A web page's origin whose scripts may call, such as https://app.example; may be repeated.")
    var origins: [String] = []

    @Option(help: "A file that gets a line of JSON for each request, or - for standard output.")
    var accessLog: String?

    @Option(help: "The server's certificate in PEM, with those that lead to its issuer; callers then use https.")
    var tlsCertificate: String?
    @Option(help: "The private key of the certificate, in PEM. New files are taken into use within seconds.")
    var tlsKey: String?
    @Option(
        name: .customLong("tls-client-ca"), help: "The issuers, in PEM, of the certificates that callers must show.")
    var tlsClientCA: String?

    @OptionGroup(title: "Tokens") var tokens: TokenOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535") }
        guard (0...65_535).contains(grpcPort ?? 0) else { throw ValidationError("--grpc-port takes 0 to 65535") }
        guard grpcPort == nil || grpcPort != port || port == 0 else {
            throw ValidationError("--port and --grpc-port are the same; each protocol has a port of its own")
        }
        guard !(insecure && requireKeys) else {
            throw ValidationError("--insecure and --require-keys exclude each other")
        }
        guard !(insecure && tokens.jwks != nil) else {
            throw ValidationError("--insecure asks nobody who calls, so --jwks has no use beside it")
        }
        for origin in origins where !Self.isOrigin(origin) {
            throw ValidationError("'\(origin)' is no origin such as https://app.example, without a path")
        }
        guard (tlsCertificate == nil) == (tlsKey == nil), tlsClientCA == nil || tlsKey != nil else {
            throw ValidationError("--tls-certificate and --tls-key go together, and --tls-client-ca goes with them")
        }
    }

    /// Whether a browser could send a text as an origin: a scheme, a host, and perhaps a port, or `*` for all of them.
    private static func isOrigin(_ text: String) -> Bool {
        guard text != "*" else { return true }
        guard let url = URL(string: text), url.scheme != nil, let host = url.host(), !host.isEmpty else { return false }
        return url.path().isEmpty && url.query() == nil && url.fragment() == nil && url.user() == nil
    }

    private func server() throws -> PredictionServer.Options {
        var options = PredictionServer.Options(
            environment: environment, host: host, port: port, grpcPort: grpcPort, origins: origins)
        options.accessLog = accessLog
        options.access = ServingAccess(
            requiresKeys: requireKeys, isInsecure: insecure, asksForCertificates: tlsClientCA != nil,
            takesTokens: tokens.jwks != nil)
        if let tlsCertificate, let tlsKey {
            options.setTLS(certificate: tlsCertificate, key: tlsKey, clientIssuers: tlsClientCA)
        }
        if let keys = tokens.jwks, let issuer = tokens.issuer, let audience = tokens.audience {
            try options.setTokens(
                keys: keys, issuer: issuer, audience: audience, roleClaim: tokens.roleClaim, scopes: tokens.scopes())
        }
        return options
    }

    func run() async throws {
        var logger = Logger(label: "slipway") { _ in StreamLogHandler.standardError(label: "slipway") }
        logger.logLevel = .info
        let (environment, isForPrograms) = (environment, options.json)
        let server = try await PredictionServer(options.platform(), server(), logger: logger) { addresses in
            // Programs that started the server with port 0 read the addresses from this line.
            var document: JSONObject = ["environment": .string(environment), "url": .string(addresses.http)]
            document["grpc_url"] = addresses.grpc.map(JSONValue.string)
            let places = [addresses.http, addresses.grpc].compactMap(\.self).joined(separator: " and ")
            try? Terminal.print(
                isForPrograms ? JSONValue.object(document).text : "Slipway serves \(environment) at \(places)")
        }
        try await server.run()
    }
}
