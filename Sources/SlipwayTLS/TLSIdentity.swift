import Foundation
package import NIOSSL
import SlipwayData
import Synchronization

/// The certificates that a server shows and asks for, replaced as a whole when their files change.
///
/// A connection keeps what it began with, so none is dropped; the next one gets the new certificates.
package final class TLSIdentity: Sendable {
    /// The largest file, in bytes; a thousand certificates take less.
    static let fileByteCountMax = 4 << 20

    /// How long before it expires a certificate is spoken of, in milliseconds: two weeks.
    static let expiryNotice: Int64 = 14 * 86_400_000

    private struct State {
        var contents: [Data]
        var context: NIOSSLContext
        /// When the server's own certificate begins and ends to be valid.
        var validity: (from: Timestamp, until: Timestamp)
    }

    private let files: TLSFiles
    private let protocols: [String]
    private let state: Mutex<State>

    /// Loads the certificates.
    ///
    /// - Parameter protocols: What is spoken on the connections, by the names of ALPN (RFC 7301), the best first.
    /// - Throws: ``TLSError`` that names the file at fault.
    package init(_ files: TLSFiles, protocols: [String]) throws(TLSError) {
        self.files = files
        self.protocols = protocols
        let contents = try Self.contents(of: files)
        state = Mutex(try Self.state(files, protocols, contents))
    }

    /// What the next connection is served with.
    package var context: NIOSSLContext { state.withLock { $0.context } }

    /// Takes the files as they are now, if they changed.
    ///
    /// - Returns: Whether they changed.
    /// - Throws: ``TLSError`` when they cannot be used; what was used before goes on being used.
    func reload() throws(TLSError) -> Bool {
        let contents = try Self.contents(of: files)
        guard contents != state.withLock({ $0.contents }) else { return false }
        let fresh = try Self.state(files, protocols, contents)
        state.withLock { $0 = fresh }
        return true
    }

    /// What is to be said of the time for which the certificate is good; `nil` while that goes on for long.
    func remark(at now: Timestamp) -> String? {
        let validity = state.withLock { $0.validity }
        if now > validity.until { return "the certificate expired on \(validity.until): callers refuse it" }
        if now < validity.from { return "the certificate is not good before \(validity.from): callers refuse it" }
        guard now.adding(milliseconds: Self.expiryNotice) > validity.until else { return nil }
        return "the certificate expires on \(validity.until)"
    }

    private static func contents(of files: TLSFiles) throws(TLSError) -> [Data] {
        var contents: [Data] = []
        for path in files.paths {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw TLSError("the file \(path) cannot be read", hint: "Check the path and who may read it.")
            }
            guard data.count <= fileByteCountMax else {
                throw TLSError("the file \(path) has more than \(fileByteCountMax >> 20) MiB")
            }
            contents.append(data)
        }
        return contents
    }

    private static func state(
        _ files: TLSFiles, _ protocols: [String], _ contents: [Data]
    ) throws(TLSError) -> State {
        let chain = try certificates(contents[0], files.certificate)
        let validity = (
            from: Timestamp(milliseconds: Int64(chain[0].notValidBefore) * 1_000),
            until: Timestamp(milliseconds: Int64(chain[0].notValidAfter) * 1_000)
        )
        return State(
            contents: contents, context: try context(files, protocols, contents, chain), validity: validity)
    }

    private static func context(
        _ files: TLSFiles, _ protocols: [String], _ contents: [Data], _ chain: [NIOSSLCertificate]
    ) throws(TLSError) -> NIOSSLContext {
        guard let key = try? NIOSSLPrivateKey(bytes: Array(contents[1]), format: .pem) else {
            throw TLSError("\(files.key) holds no private key in PEM", hint: "Take a key that has no passphrase.")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = protocols
        if let path = files.clientIssuers {
            configuration.trustRoots = .certificates(try certificates(contents[2], path))
            // A client has no host name that could be compared.
            configuration.certificateVerification = .noHostnameVerification
        }
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw TLSError(
                "\(files.certificate) and \(files.key) do not belong together", hint: "Check both files: \(error)")
        }
    }

    private static func certificates(_ data: Data, _ path: String) throws(TLSError) -> [NIOSSLCertificate] {
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(Array(data)), !certificates.isEmpty else {
            throw TLSError("\(path) holds no certificate in PEM")
        }
        return certificates
    }
}
