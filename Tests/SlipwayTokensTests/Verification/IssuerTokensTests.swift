import Foundation
import SlipwayAccess
import SlipwayTesting
import Testing

@testable import SlipwayTokens

struct IssuerTokensTests {
    private func refusal(_ token: String, _ tokens: IssuerTokens) async -> AccessError? {
        do {
            _ = try await tokens.principal(of: token)
            return nil
        } catch {
            return error
        }
    }

    @Test func tokensOfEveryKindOfKeyAreTaken() async throws {
        let issuer = try Issuer()
        let tokens = try await issuer.tokens()
        for algorithm in ["ES256", "ES512", "EdDSA", "RS256", "PS384"] {
            let principal = try await tokens.principal(of: try issuer.token(algorithm))
            #expect(principal == Principal(.token, id: "bot", scopes: [Scope(.view, model: "churn")]), "\(algorithm)")
        }
    }

    @Test func aTokenThatAnotherSignedIsRefused() async throws {
        let (issuer, other) = (try Issuer(), try Issuer())
        let tokens = try await issuer.tokens()
        for algorithm in ["ES256", "ES512", "EdDSA", "RS256", "PS384"] {
            #expect(await refusal(try other.token(algorithm), tokens)?.kind == .unauthenticated)
        }
    }

    @Test func whatIsNotWhatWasSignedIsRefused() async throws {
        let issuer = try Issuer()
        let tokens = try await issuer.tokens()
        let parts = try issuer.token().split(separator: ".")
        let claims = Issuer.claims.replacing("view:churn", with: "admin")
        let forged = Issuer.text(Data(claims.utf8))
        #expect(await refusal("\(parts[0]).\(forged).\(parts[2])", tokens) != nil)
        #expect(await refusal("\(parts[0]).\(parts[1]).", tokens) != nil)
        #expect(await refusal("\(parts[0]).\(parts[1]).\(parts[2])AA", tokens) != nil)
        #expect(await refusal("\(parts[0]).\(parts[1]).\(parts[2]).\(parts[2])", tokens) != nil)
    }

    @Test(arguments: [
        #"{"alg":"none","kid":"ES256"}"#, #"{"alg":"HS256","kid":"ES256"}"#, #"{"alg":"RS256","kid":"ES256"}"#,
        #"{"alg":"ES256","kid":"absent"}"#, #"{"alg":"ES256"}"#, #"{"kid":"ES256"}"#, #"["ES256"]"#, "",
        #"{"alg":"ES256","kid":"ES256","crit":["exp"]}"#, #"{"alg":"es256","kid":"ES256"}"#,
    ])
    func aHeaderThatIsNotThatOfTheKeyIsRefused(header: String) async throws {
        let issuer = try Issuer()
        #expect(await refusal(try issuer.token(header: header), try await issuer.tokens())?.kind == .unauthenticated)
    }

    @Test func anAlgorithmOfAnotherPaddingIsRefused() async throws {
        let issuer = try Issuer()
        let header = #"{"alg":"PS256","kid":"RS256"}"#
        #expect(await refusal(try issuer.token("RS256", header: header), try await issuer.tokens()) != nil)
    }

    @Test func aSetOfOneKeyServesTokensThatNameNone() async throws {
        let issuer = try Issuer()
        try issuer.publish([try issuer.keys[0]])
        let token = try issuer.token(header: #"{"alg":"ES256"}"#)
        #expect(try await issuer.tokens().principal(of: token).id == "bot")
    }

    @Test func aNewKeyIsAskedForAndTakenOnceItIsPublished() async throws {
        let issuer = try Issuer()
        let keys = try issuer.keys
        try issuer.publish([keys[1]])
        let tokens = try await issuer.tokens()
        #expect(!tokens.isUnknownKeyAsked)
        #expect(await refusal(try issuer.token(), tokens)?.message.contains("does not publish") == true)
        #expect(tokens.isUnknownKeyAsked)
        try issuer.publish([keys[0]])
        try await tokens.refresh()
        #expect(await refusal(try issuer.token(), tokens) == nil)
        #expect(await refusal(try issuer.token("ES512"), tokens) != nil)
    }

    @Test func keysThatCannotBeReadLeaveTheOnesBefore() async throws {
        let issuer = try Issuer()
        let tokens = try await issuer.tokens()
        try issuer.folder.write("{}", to: "keys.json")
        await #expect(throws: AccessError.self) { try await tokens.refresh() }
        #expect(await refusal(try issuer.token(), tokens) == nil)
    }

    @Test func damagedTokensAreRefusedAndNeverMore() async throws {
        let issuer = try Issuer()
        let tokens = try await issuer.tokens()
        var generator = SeededGenerator(seed: 46)
        let seeds = [Array(try issuer.token().utf8), Array(try issuer.token("EdDSA").utf8)]
        let alphabet = Array("abcXYZ019-_.=+/ é\u{0}".utf8)
        for round in 0..<3_000 {
            let seed = seeds[round % 2]
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)], at: place)
                default: bytes[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let error = await refusal(text, tokens)
            // The last character of a part may hold bits that are not part of any byte.
            #expect(
                error?.kind == .unauthenticated
                    || text.split(separator: ".")[1] == String(decoding: seed, as: UTF8.self).split(separator: ".")[1])
        }
    }
}
