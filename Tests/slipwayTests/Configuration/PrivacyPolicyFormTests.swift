import SlipwayData
import Testing

@testable import slipway

struct PrivacyPolicyFormTests {
    private func text(_ privacy: String) -> String {
        """
        project: p
        sources: { w: { type: sqlite, path: w.db } }
        features:
          people:
            from: w
            query: select * from people
            key: id
            privacy: { \(privacy) }
        """
    }

    @Test func policiesAreWordsOrSayHowCoarse() throws {
        let project = try ConfigurationText.configuration(
            text(
                "a: drop, b: { generalise: 1000 }, c: { generalise: month }, d: { generalise: { first: 2 } }, "
                    + "e: { generalise: 0.5 }"))
        let privacy = try project.feature(named: "people").privacy
        #expect(
            privacy.policies == [
                "a": .drop, "b": .generalise(.width(1000)), "c": .generalise(.date(.month)),
                "d": .generalise(.first(2)), "e": .generalise(.width(0.5)),
            ])
        #expect(privacy.ciphers.isEmpty)
    }

    @Test func whatAScanProposesReadsBackAsThePolicy() throws {
        for policy in PersonalDataKind.allCases.map(\.proposal) {
            let project = try ConfigurationText.configuration(text("a: \(policy.text)"))
            #expect(try project.feature(named: "people").privacy.policies == ["a": policy])
        }
    }

    @Test func anEncryptedColumnNamesItsKeyAndIsNotLoggedInClear() throws {
        let project = try ConfigurationText.configuration(
            text("pay: { decrypt: \"${KEY}\", type: number }, tax: { decrypt: file:k, then: mask }"))
        let privacy = try project.feature(named: "people").privacy
        #expect(privacy.ciphers["pay"]?.type == .number)
        #expect(privacy.ciphers["pay"]?.key.variables == ["KEY"])
        #expect(privacy.ciphers["tax"]?.type == .string)
        #expect(privacy.policies == ["tax": .mask])
        #expect(privacy.loggedPolicies == ["pay": .drop, "tax": .mask])
    }

    @Test(arguments: [
        ("a: hashed", "a: 'hashed' is not a privacy policy; did you mean 'hash'?"),
        ("a: { generalise: 0 }", "'0' makes nothing coarser; write the width"),
        ("a: { generalise: -5 }", "makes nothing coarser"), ("a: { generalise: yer }", "makes nothing coarser"),
        ("a: { generalise: { first: 0 } }", "is not a whole number from 1 to 100"),
        ("a: { generalize: 5 }", "unknown key; did you mean 'generalise'?"), ("a: {}", "'generalise' is missing"),
        ("a: { decrypt: c2VjcmV0 }", "a secret is written in clear"),
        ("a: { decrypt: \"${K}\", type: money }", "'money' is not a type of column"),
        ("a: { decrypt: \"${K}\", then: { decrypt: \"${K}\" } }", "unknown key"),
        ("id: { decrypt: \"${K}\" }", "the key column 'id' is needed for look-ups"), ("a: [hash]", "privacy.a"),
    ])
    func mistakesAreTold(privacy: String, message: String) {
        let problems = ConfigurationText.problems(text(privacy))
        #expect(problems.contains(message), "\(problems)")
        #expect(!problems.contains("c2VjcmV0"))
    }
}
