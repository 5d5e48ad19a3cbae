import Crypto
import CryptoExtras
import Foundation
import SlipwayData

/// A public key of an issuer, with the one algorithm that it is for.
///
/// The algorithm is fixed when the key is read and never taken from a token: who could choose it could choose a weak
/// one, or another one than the key was made for. `none` and algorithms with shared secrets are not taken at all.
///
/// Source: RFC 7518, 3.1 and 6; RFC 8037, 2 and 3.1.
struct VerificationKey: Sendable {
    /// The fewest bits of an RSA key, in bytes.
    static let modulusByteCountMin = 256
    /// The most bits of an RSA key, in bytes; larger ones cost a second a signature.
    static let modulusByteCountMax = 1_024

    private enum Material: Sendable {
        case rsa(_RSA.Signing.PublicKey, Hash, _RSA.Signing.Padding)
        case p256(P256.Signing.PublicKey)
        case p384(P384.Signing.PublicKey)
        case p521(P521.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    private enum Hash: String {
        case sha256 = "256"
        case sha384 = "384"
        case sha512 = "512"
    }

    /// The name of the algorithm.
    let algorithm: String
    private let material: Material

    /// Reads a key of a set (RFC 7517, 4); `nil` for one that signs nothing, or not by an algorithm that is taken.
    init?(_ members: JSONObject) {
        func text(_ name: String) -> String? {
            guard case .string(let text)? = members[name] else { return nil }
            return text
        }
        func bytes(_ name: String) -> [UInt8]? { text(name).flatMap { Base64URL.bytes(of: $0) } }
        if let use = members["use"], use != .string("sig") { return nil }
        let kind = [text("kty"), text("crv")].compactMap(\.self).joined(separator: " ")
        let usual = Self.usualAlgorithms[kind]
        guard let algorithm = members["alg"] == nil ? usual : text("alg") else { return nil }
        let material: Material?
        switch kind {
        case "RSA": material = Self.rsa(algorithm, modulus: bytes("n"), exponent: bytes("e"))
        case _ where algorithm != usual: material = nil
        case "OKP Ed25519":
            material = bytes("x").flatMap { try? .ed25519(Curve25519.Signing.PublicKey(rawRepresentation: $0)) }
        default:
            guard let x = bytes("x"), let y = bytes("y"), x.count == y.count else { return nil }
            material = Self.point(algorithm, x + y)
        }
        guard let material else { return nil }
        self.algorithm = algorithm
        self.material = material
    }

    private static let usualAlgorithms = [
        "RSA": "RS256", "EC P-256": "ES256", "EC P-384": "ES384", "EC P-521": "ES512", "OKP Ed25519": "EdDSA",
    ]

    private static func rsa(_ algorithm: String, modulus: [UInt8]?, exponent: [UInt8]?) -> Material? {
        guard let modulus, let exponent, let hash = Hash(rawValue: String(algorithm.dropFirst(2))),
            (modulusByteCountMin...modulusByteCountMax).contains(modulus.drop { $0 == 0 }.count),
            let key = try? _RSA.Signing.PublicKey(n: modulus, e: exponent)
        else { return nil }
        switch algorithm.prefix(2) {
        case "RS": return .rsa(key, hash, .insecurePKCS1v1_5)
        case "PS": return .rsa(key, hash, .PSS)
        default: return nil
        }
    }

    private static func point(_ algorithm: String, _ coordinates: [UInt8]) -> Material? {
        switch algorithm {
        case "ES256": try? .p256(P256.Signing.PublicKey(rawRepresentation: coordinates))
        case "ES384": try? .p384(P384.Signing.PublicKey(rawRepresentation: coordinates))
        case "ES512": try? .p521(P521.Signing.PublicKey(rawRepresentation: coordinates))
        default: nil
        }
    }

    /// Whether a signature is the key's.
    func verifies(_ signature: [UInt8], of text: some StringProtocol) -> Bool {
        let signed = Array(text.utf8)
        switch material {
        case .rsa(let key, let hash, let padding):
            let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
            return switch hash {
            case .sha256: key.isValidSignature(signature, for: SHA256.hash(data: signed), padding: padding)
            case .sha384: key.isValidSignature(signature, for: SHA384.hash(data: signed), padding: padding)
            case .sha512: key.isValidSignature(signature, for: SHA512.hash(data: signed), padding: padding)
            }
        case .p256(let key):
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature)
            return signature.map { key.isValidSignature($0, for: signed) } ?? false
        case .p384(let key):
            let signature = try? P384.Signing.ECDSASignature(rawRepresentation: signature)
            return signature.map { key.isValidSignature($0, for: signed) } ?? false
        case .p521(let key):
            let signature = try? P521.Signing.ECDSASignature(rawRepresentation: signature)
            return signature.map { key.isValidSignature($0, for: signed) } ?? false
        case .ed25519(let key): return key.isValidSignature(signature, for: signed)
        }
    }
}
