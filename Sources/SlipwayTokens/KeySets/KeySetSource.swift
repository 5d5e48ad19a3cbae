public import Foundation
import FoundationNetworking
public import SlipwayAccess
import SlipwayData

/// Where an issuer publishes its keys: a file, or an address that is asked by https.
public enum KeySetSource: Equatable, Sendable {
    /// A file on the disk.
    case file(String)
    /// An address.
    case address(URL)

    /// How long an answer may take.
    static let patience = Duration.seconds(10)

    /// Reads where keys are from; an address in the clear is taken on this machine alone.
    ///
    /// - Throws: `AccessError` of kind `invalidKey`.
    public init(_ text: String) throws(AccessError) {
        guard text.contains("://") else {
            self = .file(text)
            return
        }
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host() else {
            throw AccessError(.invalidKey, "'\(text.prefix(200))' is no address of a set of keys")
        }
        guard scheme == "https" || (scheme == "http" && ["127.0.0.1", "localhost"].contains(host)) else {
            throw AccessError(
                .invalidKey, "the issuer's keys cannot be trusted when they are read from \(scheme)://",
                hint: "Say an address with https://, or a file.")
        }
        self = .address(url)
    }

    /// How long keys are good before they are read again.
    var interval: Duration {
        switch self {
        case .file: .seconds(5)
        case .address: .seconds(300)
        }
    }

    /// Reads the keys.
    func read() async throws(AccessError) -> VerificationKeySet {
        switch self {
        case .file(let path):
            guard let data = FileManager.default.contents(atPath: path) else {
                throw AccessError(.invalidKey, "the file \(path) with the issuer's keys cannot be read")
            }
            return try VerificationKeySet(parsing: Array(data))
        case .address(let url): return try VerificationKeySet(parsing: try await Self.body(of: url))
        }
    }

    private static func body(of url: URL) async throws(AccessError) -> [UInt8] {
        let exchange = BoundedExchange(byteCountMax: VerificationKeySet.byteCountMax, patience: patience)
        do throws(DataError) {
            let answer = try await exchange.answer(to: URLRequest(url: url))
            guard answer.response.statusCode == 200 else {
                throw DataError(.unreadable, "the answer is \(answer.response.statusCode)")
            }
            return Array(answer.body)
        } catch {
            throw AccessError(.invalidKey, "\(url) does not answer with the issuer's keys: \(error.message)")
        }
    }
}
