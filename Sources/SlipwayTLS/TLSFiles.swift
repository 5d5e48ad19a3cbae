/// Where a server's certificates lie, all of them in PEM.
public struct TLSFiles: Equatable, Sendable {
    /// The server's certificate, followed by those that lead to its issuer.
    public var certificate: String
    /// The private key of the certificate.
    public var key: String
    /// The issuers of the certificates that clients must show; `nil` when they need none.
    public var clientIssuers: String?

    /// Names the files.
    public init(certificate: String, key: String, clientIssuers: String? = nil) {
        self.certificate = certificate
        self.key = key
        self.clientIssuers = clientIssuers
    }

    /// All files.
    var paths: [String] { [certificate, key] + [clientIssuers].compactMap(\.self) }
}
