import SlipwayAccess
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayTokens

struct VerificationKeySetTests {
    /// Keys and signed texts that standards give as examples.
    ///
    /// Source: RFC 7515, A.3 (ES256); RFC 8037, A.4 (Ed25519).
    private static let examples = [
        (
            #"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","#
                + #""y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#,
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9p"
                + "c19yb290Ijp0cnVlfQ",
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        ),
        (
            #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        ),
    ]

    private static func set(_ text: String) throws(AccessError) -> VerificationKeySet {
        try VerificationKeySet(parsing: Array(text.utf8))
    }

    @Test(arguments: [0, 1]) func theExamplesOfTheStandardsHold(index: Int) throws {
        let (key, text, signature) = Self.examples[index]
        let read = try #require(try Self.set("{\"keys\":[\(key)]}").key(named: nil))
        let bytes = try #require(Base64URL.bytes(of: signature))
        #expect(read.verifies(bytes, of: text))
        #expect(!read.verifies(bytes, of: text + "A"))
        #expect(!read.verifies(Array(bytes.reversed()), of: text))
        #expect(!read.verifies([], of: text))
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"keys":{}}"#, #"{"keys":[]}"#, #"{"keys":[1]}"#, #"{"keys":[{}]}"#,
        #"{"keys":[{"kty":"oct","k":"c2VjcmV0","alg":"HS256"}]}"#,
        #"{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}"#,
        #"{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}"#,
    ])
    func whatHoldsNoKeyOfUseIsRefused(text: String) {
        let error = #expect(throws: AccessError.self) { try Self.set(text) }
        #expect(error?.kind == .invalidKey)
    }

    @Test(arguments: [
        #""use":"enc","#, #""alg":"RS256","#, #""alg":"ES384","#, #""alg":"none","#, #""alg":"HS256","#, #""alg":7,"#,
    ])
    func aKeyForSomethingElseIsPassedOver(member: String) throws {
        let key = Self.examples[0].0
        let wrong = "{" + member + key.dropFirst()
        #expect(throws: AccessError.self) { try Self.set("{\"keys\":[\(wrong)]}") }
        #expect(try Self.set("{\"keys\":[\(wrong),\(key)]}").key(named: nil) != nil)
    }

    @Test func damagedSetsAreReadOrRefused() {
        var generator = SeededGenerator(seed: 47)
        let seed = Array("{\"keys\":[\(Self.examples[0].0),\(Self.examples[1].0)]}".utf8)
        var readCount = 0
        for _ in 0..<3_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            do {
                _ = try VerificationKeySet(parsing: bytes)
                readCount += 1
            } catch {
                #expect(error.kind == .invalidKey)
            }
        }
        #expect(readCount > 100)
    }

    @Test func onlySafeAddressesAreAsked() throws {
        #expect(try KeySetSource("keys.json") == .file("keys.json"))
        for text in ["https://id.example/keys", "http://127.0.0.1:8080/keys", "http://localhost/keys"] {
            guard case .address = try KeySetSource(text) else { throw ConformanceFailure("\(text) is an address") }
        }
        for text in ["http://id.example/keys", "ftp://id.example/keys", "file:///keys.json", "://", "http://"] {
            #expect(throws: AccessError.self) { try KeySetSource(text) }
        }
    }
}
