import SlipwayAccess
import SlipwayData
import Testing

struct KeySetTests {
    private static let moment = Timestamp(milliseconds: 1_800_000_000_000)
    private let secret = KeySecret.random()

    private func key(expiresAt: Timestamp? = nil, revokedAt: Timestamp? = nil) -> APIKey {
        APIKey(
            id: secret.id, name: "billing", hash: secret.hash, scopes: [Scope(.predict, model: "churn")], rateLimit: 3,
            createdAt: Self.moment, createdBy: "ada", expiresAt: expiresAt, revokedAt: revokedAt)
    }

    @Test func theSecretProvesThePrincipal() throws {
        let principal = try KeySet([key()]).principal(for: secret, at: Self.moment)
        #expect(principal == Principal(.key, id: secret.id, scopes: [Scope(.predict, model: "churn")], rateLimit: 3))
    }

    @Test func aKeyExpiresAtItsMomentAndNotBefore() throws {
        let keys = KeySet([key(expiresAt: Self.moment)])
        #expect(try keys.principal(for: secret, at: Self.moment.adding(milliseconds: -1)).id == secret.id)
        #expect(keys.hasActive(at: Self.moment.adding(milliseconds: -1)) && !keys.hasActive(at: Self.moment))
        let error = #expect(throws: AccessError.self) { try keys.principal(for: secret, at: Self.moment) }
        #expect(error?.kind == .unauthenticated && error?.message == "the key \(secret.id) has expired")
    }

    @Test func aRevokedKeyOpensNothing() {
        let keys = KeySet([key(revokedAt: Self.moment)])
        let error = #expect(throws: AccessError.self) { try keys.principal(for: secret, at: Self.moment) }
        #expect(error?.message == "the key \(secret.id) was revoked")
        #expect(!keys.isEmpty && !keys.hasActive(at: Self.moment))
    }

    @Test func aWrongSecretOfAKnownIdLearnsNoMoreThanAnUnknownOne() throws {
        var text = Array(secret.text)
        text[20] = text[20] == "a" ? "b" : "a"
        let wrong = try #require(KeySecret(String(text)))
        let keys = KeySet([key(revokedAt: Self.moment)])
        let ofKnown = #expect(throws: AccessError.self) { try keys.principal(for: wrong, at: Self.moment) }
        let ofUnknown = #expect(throws: AccessError.self) { try keys.principal(for: .random(), at: Self.moment) }
        #expect(ofKnown == ofUnknown)
    }
}
