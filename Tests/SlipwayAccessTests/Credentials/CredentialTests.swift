import SlipwayAccess
import SlipwayData
import SlipwayTesting
import Testing

struct CredentialTests {
    private static let token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJib3QifQ.c2ln_-"
    private let secret = KeySecret.random()

    private func id(_ authorization: String?, _ apiKey: String? = nil) throws -> String? {
        switch try Credential(authorization: authorization, apiKey: apiKey) {
        case .key(let secret): secret.id
        case .token(let text): text
        case nil: nil
        }
    }

    @Test func aKeyIsReadFromEitherHeader() throws {
        #expect(try id("Bearer \(secret.text)") == secret.id)
        #expect(try id("bEARER   \(secret.text) ") == secret.id)
        #expect(try id(nil, secret.text) == secret.id)
        #expect(try id("Bearer \(secret.text)", secret.text) == secret.id)
        #expect(try id(nil) == nil)
    }

    @Test func aTokenIsReadFromAuthorizationAlone() throws {
        #expect(try id("Bearer \(Self.token)") == Self.token)
        #expect(throws: AccessError.self) { try id(nil, Self.token) }
    }

    @Test(arguments: [
        "", "Bearer", "Bearer ", "Basic dXNlcjpwdw==", "Bearer abc", "Bearer a.b", "Bearer a..c", "Bearer a.b.c.d",
        "Bearer a.b.c d", "Bearer slw_", "Bearer slw_abc", "Bearer a.b.c=", "Bearer é.b.c", "Token a.b.c",
        "Bearer\ta.b.c", "Bearer a.b.c, Bearer a.b.c", "\u{0}",
    ])
    func anythingElseIsRefused(value: String) {
        let error = #expect(throws: AccessError.self) { try id(value) }
        #expect(error?.kind == .unauthenticated)
    }

    @Test func twoCallersInOneRequestAreRefused() {
        #expect(throws: AccessError.self) { try id("Bearer \(secret.text)", KeySecret.random().text) }
    }

    @Test func whatIsTooLongIsRefused() {
        let long = "Bearer a.b." + String(repeating: "c", count: Credential.byteCountMax)
        #expect(throws: AccessError.self) { try id(long) }
        #expect(throws: AccessError.self) { try id(nil, long) }
    }

    @Test func aRefusalRepeatsNothingOfWhatWasSent() {
        for value in ["Bearer \(secret.text)x", "Basic \(secret.text)", secret.text, "Bearer x\(secret.text)"] {
            let error = #expect(throws: AccessError.self) { try id(value) }
            #expect(error?.description.contains(secret.text.suffix(52)) == false)
            #expect(error?.description.contains(secret.id) == false)
        }
    }

    @Test func damagedHeadersAreReadOrRefusedAndNeverMore() {
        var generator = SeededGenerator(seed: 43)
        let pieces = [
            "", " ", "\t", ",", "Bearer ", "bearer", "Basic ", "slw_", ".", "..", "=", "\u{0}", "é", "\u{301}", "🔑",
            "\"", "_", "a", "7", "\r\n", String(repeating: "a", count: 9_000),
        ]
        let seeds = ["Bearer \(secret.text)", "Bearer \(Self.token)", secret.text]
        var readCount = 0
        for round in 0..<6_000 {
            var text = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 0...3, using: &generator) {
                let count = text.count
                let start = text.index(text.startIndex, offsetBy: Int.random(in: 0...count, using: &generator))
                let length = Int.random(in: 0...6, using: &generator)
                let end = text.index(start, offsetBy: length, limitedBy: text.endIndex)
                text.replaceSubrange(
                    start..<(end ?? text.endIndex), with: pieces[Int.random(in: 0..<pieces.count, using: &generator)])
            }
            do {
                let isKey = Bool.random(using: &generator)
                readCount += try id(isKey ? nil : text, isKey ? text : nil) == nil ? 0 : 1
            } catch {
                #expect((error as? AccessError)?.kind == .unauthenticated)
            }
        }
        #expect(readCount > 100)
    }
}
