import SlipwayAccess
import SlipwayData
import SlipwayTesting
import Testing

struct KeyRegistryTests {
    private static let moment = Timestamp(milliseconds: 1_800_000_000_000)
    private let store = InMemoryAccessStore()
    private var keys: KeyRegistry { KeyRegistry(store: store, now: { Self.moment }) }

    @Test func aKeyIsKeptWithoutItsSecretAndAudited() throws {
        let draft = KeyDraft(
            name: "billing", scopes: [Scope(.predict, model: "churn")], rateLimit: 50,
            expiresAt: Self.moment.adding(milliseconds: 1))
        let made = try keys.create(draft, by: "ada")
        #expect(try store.keys() == [made.key])
        #expect(made.key.hash == made.secret.hash && made.key.id == made.secret.id)
        let entry = try #require(try store.audit(limit: 1).first)
        #expect(entry.action == .create && entry.actor == "ada" && entry.keyName == "billing")
        #expect(entry.detail?.hasPrefix("predict:churn until 2027-") == true)
        #expect(!"\(made.key) \(entry)".contains(made.secret.text.suffix(52)))
    }

    @Test(arguments: [
        KeyDraft(name: "", scopes: [Scope(.view)]), KeyDraft(name: "Billing App", scopes: [Scope(.view)]),
        KeyDraft(name: "a", scopes: []), KeyDraft(name: "a", scopes: [Scope(.view, model: "a b")]),
        KeyDraft(name: "a", scopes: Array(repeating: Scope(.view), count: 65)),
        KeyDraft(name: "a", scopes: [Scope(.view)], rateLimit: 0),
        KeyDraft(name: "a", scopes: [Scope(.view)], rateLimit: .nan),
        KeyDraft(name: "a", scopes: [Scope(.view)], rateLimit: .infinity),
        KeyDraft(name: "a", scopes: [Scope(.view)], expiresAt: KeyRegistryTests.moment),
    ])
    func whatCannotBeAKeyIsRefusedAndLeavesNoTrace(draft: KeyDraft) throws {
        let error = #expect(throws: AccessError.self) { try keys.create(draft, by: "ada") }
        #expect(error?.kind == .invalidKey)
        #expect(try store.revision() == 0)
    }

    @Test func aKeyIsRevokedByNameOrId() throws {
        for (name, byID) in [("one", true), ("two", false)] {
            let made = try keys.create(KeyDraft(name: name, scopes: [Scope(.view)]), by: "ada")
            let revoked = try keys.revoke(byID ? made.key.id : name, by: "bob", reason: "left")
            #expect(revoked.id == made.key.id && revoked.revokedAt == Self.moment)
        }
        #expect(try store.audit(limit: 1).first?.detail == "left")
    }

    @Test func aNameMeansTheKeyThatStillOpensSomething() throws {
        let first = try keys.create(KeyDraft(name: "billing", scopes: [Scope(.view)]), by: "ada")
        _ = try keys.revoke("billing", by: "ada")
        let second = try keys.create(KeyDraft(name: "billing", scopes: [Scope(.view)]), by: "ada")
        #expect(first.key.id != second.key.id)
        #expect(try keys.revoke("billing", by: "ada").id == second.key.id)
        let again = #expect(throws: AccessError.self) { try keys.revoke("billing", by: "ada") }
        #expect(again?.kind == .conflict)
    }

    @Test func anUnknownKeyIsNamedWithTheNearestOneAndWithoutASecret() throws {
        let made = try keys.create(KeyDraft(name: "billing", scopes: [Scope(.view)]), by: "ada")
        let near = #expect(throws: AccessError.self) { try keys.revoke("biling", by: "ada") }
        #expect(near?.kind == .notFound && near?.hint == "Did you mean 'billing'?")
        let whole = #expect(throws: AccessError.self) { try keys.revoke(made.secret.text, by: "ada") }
        #expect(whole?.description.contains(made.secret.text.suffix(20)) == false)
    }
}
