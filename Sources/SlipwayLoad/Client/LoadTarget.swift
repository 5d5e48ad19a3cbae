public import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// The server that is put under load, and how it is reached.
public struct LoadTarget: Sendable {
    let host: String
    let port: Int
    let tls: NIOSSLContext?
    private let basePath: String
    private let headers: HTTPHeaders

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - address: The server's address with `http` or `https`; a path leads all paths of requests.
    ///   - token: What proves who calls, sent as a bearer token.
    ///   - issuers: A PEM file with the issuers that are trusted besides; `nil` trusts those of the system.
    /// - Throws: ``LoadError`` of kind `unusableTarget`.
    public init(_ address: URL, token: String? = nil, issuers: String? = nil) throws(LoadError) {
        guard let scheme = address.scheme, ["http", "https"].contains(scheme), let host = address.host(), !host.isEmpty,
            (1...65_535).contains(address.port ?? 80)
        else {
            throw LoadError(.unusableTarget, "'\(address)' is no address such as http://127.0.0.1:8080")
        }
        guard address.user() == nil else {
            throw LoadError(
                .unusableTarget, "an address is no place for a name and a password",
                hint: "Send a bearer token: --token-variable NAME.")
        }
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = address.port ?? (scheme == "https" ? 443 : 80)
        basePath = address.path().hasSuffix("/") ? String(address.path().dropLast()) : address.path()
        let name = self.host.contains(":") ? "[\(self.host)]" : host
        var headers: HTTPHeaders = [
            "Host": address.port.map { "\(name):\($0)" } ?? name, "User-Agent": "slipway-loadtest",
        ]
        if let token {
            guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw LoadError(.unusableTarget, "the token holds what no header can")
            }
            headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        self.headers = headers
        tls = scheme == "https" ? try Self.context(issuers) : nil
    }

    /// The head of a request.
    func head(_ method: HTTPMethod, _ path: String, byteCount: Int) -> HTTPRequestHead {
        var headers = headers
        if byteCount > 0 || method == .POST {
            headers.add(name: "Content-Type", value: "application/json")
            headers.add(name: "Content-Length", value: String(byteCount))
        }
        return HTTPRequestHead(version: .http1_1, method: method, uri: basePath + path, headers: headers)
    }

    private static func context(_ issuers: String?) throws(LoadError) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.applicationProtocols = ["http/1.1"]
        do {
            if let issuers {
                configuration.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(issuers))]
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw LoadError(
                .unusableTarget, "\(issuers ?? "the system's list of issuers") holds no certificates in PEM",
                hint: "Check the path: \(error)")
        }
    }
}
