import Crypto
import CryptoExtras
import Foundation
import SlipwayAccess
import SlipwayData
import SlipwayTesting

@testable import SlipwayTokens

/// An issuer of tokens, with keys of its own.
struct Issuer {
    static let rules = TokenRules(issuer: "https://id.example", audience: "slipway")
    static let now = 1_800_000_000.0

    /// The claims of a token that is good.
    static let claims = """
        {"iss":"https://id.example","aud":["other","slipway"],"sub":"bot","exp":1800000060,"slipway_roles":["view:churn"]}
        """

    let p256 = P256.Signing.PrivateKey()
    let p521 = P521.Signing.PrivateKey()
    let ed25519 = Curve25519.Signing.PrivateKey()
    let rsa: _RSA.Signing.PrivateKey
    let folder: TemporaryFolder

    init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        folder = try TemporaryFolder()
        try publish(keys)
    }

    /// The public keys, one of each kind.
    var keys: [String] {
        get throws {
            let numbers = try rsa.publicKey.getKeyPrimitives()
            let (modulus, exponent) = (Self.text(numbers.modulus), Self.text(numbers.publicExponent))
            let (short, long) = (p256.publicKey.rawRepresentation, p521.publicKey.rawRepresentation)
            return [
                #"{"kty":"EC","crv":"P-256","kid":"ES256","x":"\#(Self.text(short.prefix(32)))","#
                    + #""y":"\#(Self.text(short.suffix(32)))","use":"sig"}"#,
                #"{"kty":"EC","crv":"P-521","kid":"ES512","alg":"ES512","x":"\#(Self.text(long.prefix(66)))","#
                    + #""y":"\#(Self.text(long.suffix(66)))"}"#,
                #"{"kty":"OKP","crv":"Ed25519","kid":"EdDSA","x":"\#(Self.text(ed25519.publicKey.rawRepresentation))"}"#,
                #"{"kty":"RSA","kid":"RS256","n":"\#(modulus)","e":"\#(exponent)"}"#,
                #"{"kty":"RSA","kid":"PS384","alg":"PS384","n":"\#(modulus)","e":"\#(exponent)"}"#,
            ]
        }
    }

    /// Where the keys are published.
    var source: KeySetSource { .file(folder.path("keys.json")) }

    func publish(_ keys: [String]) throws {
        try folder.write("{\"keys\":[\(keys.joined(separator: ","))]}", to: "keys.json")
    }

    /// Tokens of the issuer, as a server verifies them.
    func tokens(_ rules: TokenRules = rules) async throws -> IssuerTokens {
        try await IssuerTokens(rules, keys: source, now: { Timestamp(milliseconds: Int64(Self.now) * 1_000) })
    }

    /// A token; the key is that of the algorithm's name unless another is named.
    func token(
        _ algorithm: String = "ES256", key: String? = nil, claims: String = claims, header: String? = nil
    ) throws -> String {
        let key = key ?? algorithm
        let header = header ?? #"{"alg":"\#(algorithm)","kid":"\#(key)","typ":"JWT"}"#
        let signed = "\(Self.text(Data(header.utf8))).\(Self.text(Data(claims.utf8)))"
        return "\(signed).\(Self.text(try signature(Data(signed.utf8), key)))"
    }

    private func signature(_ data: Data, _ key: String) throws -> Data {
        switch key {
        case "ES512": try p521.signature(for: data).rawRepresentation
        case "EdDSA": try ed25519.signature(for: data)
        case "RS256": try rsa.signature(for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5).rawRepresentation
        case "PS384": try rsa.signature(for: SHA384.hash(data: data), padding: .PSS).rawRepresentation
        default: try p256.signature(for: data).rawRepresentation
        }
    }

    static func text(_ bytes: some DataProtocol) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
