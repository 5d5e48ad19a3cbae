import SlipwayAccess
import SlipwayData

/// The public keys of an issuer, by their ids.
struct VerificationKeySet: Sendable {
    /// The largest document of keys, in bytes.
    static let byteCountMax = 1 << 20
    /// The most keys of one issuer.
    static let keyCountMax = 100

    private let keys: [String: VerificationKey]

    /// Reads a key set (RFC 7517, 5); keys that are of no use here are passed over.
    ///
    /// - Throws: `AccessError` of kind `invalidKey` for a text that is none, or in which no key is of use.
    init(parsing bytes: [UInt8]) throws(AccessError) {
        guard bytes.count <= Self.byteCountMax, let document = try? JSONValue(parsing: bytes),
            case .array(let items)? = document["keys"], items.count <= Self.keyCountMax
        else {
            throw AccessError(.invalidKey, "what the issuer publishes is no set of keys (JWKS)")
        }
        var keys: [String: VerificationKey] = [:]
        for case .object(let members) in items {
            guard let key = VerificationKey(members) else { continue }
            var id = ""
            if case .string(let text)? = members["kid"] { id = text }
            keys[id] = keys[id] ?? key
        }
        guard !keys.isEmpty else {
            throw AccessError(
                .invalidKey, "none of the issuer's keys verifies signatures by an algorithm that Slipway takes",
                hint: "It takes RS, PS, and ES with 256, 384, or 512 bits, and EdDSA.")
        }
        self.keys = keys
    }

    /// The key that a token names; a set of one key serves tokens that name none.
    func key(named id: String?) -> VerificationKey? {
        guard let id else { return keys.count == 1 ? keys.values.first : nil }
        return keys[id]
    }
}
