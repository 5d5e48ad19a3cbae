import Foundation
package import SlipwayTLS
package import SlipwayTesting

/// Real certificates of this machine, made by the program openssl.
package struct Certificates: Sendable {
    package let folder: TemporaryFolder

    package init() throws { folder = try TemporaryFolder() }

    /// The files that a server is started with.
    package var server: TLSFiles { TLSFiles(certificate: path("server.pem"), key: path("server-key.pem")) }

    package func path(_ name: String) -> String { folder.path(name) }

    /// Makes a certificate for 127.0.0.1 that its own key signed: `NAME.pem` and `NAME-key.pem`.
    package func issueOwn(_ name: String) async throws {
        try await openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path("\(name)-key.pem"), "-out",
            path("\(name).pem"))
    }

    /// Makes a certificate that an issuer signed.
    package func issue(_ name: String, by issuer: String) async throws {
        try await openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(name)", "-keyout",
            path("\(name)-key.pem"), "-out", path("\(name).csr"))
        try await openssl(
            "x509", "-req", "-in", path("\(name).csr"), "-CA", path("\(issuer).pem"), "-CAkey",
            path("\(issuer)-key.pem"), "-set_serial", "7", "-days", "2", "-out", path("\(name).pem"))
    }

    /// Puts a certificate and its key where the server's are.
    package func install(_ name: String) throws {
        for (from, to) in [("\(name).pem", "server.pem"), ("\(name)-key.pem", "server-key.pem")] {
            try Data(contentsOf: URL(filePath: path(from))).write(to: URL(filePath: path(to)), options: .atomic)
        }
    }

    private func openssl(_ arguments: String...) async throws {
        let outcome = try await Program.run("openssl", arguments)
        guard outcome.status == 0 else { throw ConformanceFailure("openssl \(arguments): \(outcome.errors)") }
    }
}
