import SlipwayAccess
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayTokens

struct TokenRulesTests {
    private static func principal(
        _ claims: String, _ rules: TokenRules = Issuer.rules, at seconds: Double = Issuer.now
    ) throws -> Principal {
        guard case .object(let members) = try JSONValue(parsing: Array(claims.utf8)) else {
            throw ConformanceFailure("the claims are no object")
        }
        return try rules.principal(of: members, at: seconds)
    }

    private static func claims(_ from: String, _ to: String) -> String { Issuer.claims.replacing(from, with: to) }

    @Test(arguments: [
        (#""https://id.example""#, #""https://id.example.evil""#, "issuer"), (#""iss""#, #""is""#, "issuer"),
        (#""slipway"]"#, #""slipway2"]"#, "meant"), (#"["other","slipway"]"#, "[]", "meant"),
        (#"["other","slipway"]"#, "7", "meant"), (#""exp":1800000060"#, #""exp":1799999940"#, "expired"),
        (#""exp":1800000060,"#, "", "expires"), (#""exp":1800000060"#, #""exp":"soon""#, "expires"),
        (#""sub":"bot""#, #""sub":"""#, "about"), (#""sub":"bot","#, "", "about"),
        (#""sub""#, #""nbf":1800000061,"sub""#, "not good yet"), (#""sub""#, #""nbf":"x","sub""#, "not good yet"),
    ])
    func claimsThatDoNotHoldAreRefused(from: String, to: String, word: String) {
        let error = #expect(throws: AccessError.self) { try Self.principal(Self.claims(from, to)) }
        #expect(
            error?.kind == .unauthenticated && error?.message.contains(word) == true, "\(String(describing: error))")
    }

    @Test func clocksMayDifferByAMinute() throws {
        #expect(try Self.principal(Issuer.claims, at: 1_800_000_119).id == "bot")
        #expect(throws: AccessError.self) { try Self.principal(Issuer.claims, at: 1_800_000_120) }
        #expect(try Self.principal(Self.claims(#""sub""#, #""nbf":1800000059,"sub""#)).id == "bot")
    }

    @Test func oneAudienceMayStandAlone() throws {
        #expect(try Self.principal(Self.claims(#"["other","slipway"]"#, #""slipway""#)).id == "bot")
    }

    @Test func rolesAreScopesAsAListOrAsWords() throws {
        let words = Self.claims(#"["view:churn"]"#, #""predict:churn operate root view: admin:x""#)
        #expect(
            try Self.principal(words).scopes == [
                Scope(.predict, model: "churn"), Scope(.operate), Scope(.admin, model: "x"),
            ])
        #expect(try Self.principal(Self.claims("slipway_roles", "roles")).scopes.isEmpty)
    }

    @Test func rolesOfTheIssuerMeanWhatTheRulesSayAndNothingElse() throws {
        var rules = Issuer.rules
        rules.roleClaim = "realm_access.roles"
        rules.scopes = ["analysts": [Scope(.view, model: "churn"), Scope(.predict)], "sre": [Scope(.operate)]]
        let claims = Self.claims(
            #""slipway_roles":["view:churn"]"#, #""realm_access":{"roles":["analysts","admin","operate"]}"#)
        #expect(try Self.principal(claims, rules).scopes == [Scope(.view, model: "churn"), Scope(.predict)])
        rules.roleClaim = "https://slipway.example/roles"
        let address = Self.claims("slipway_roles", "https://slipway.example/roles").replacing("view:churn", with: "sre")
        #expect(try Self.principal(address, rules).scopes == [Scope(.operate)])
    }

    @Test func aSubjectCannotBreakALineOfTheLog() throws {
        let claims = Self.claims(#""bot""#, #""a\n\u001b[31mb\#(String(repeating: "c", count: 500))""#)
        let id = try Self.principal(claims).id
        #expect(id.hasPrefix("a??[31mb") && id.count == Principal.idLengthMax)
    }
}
