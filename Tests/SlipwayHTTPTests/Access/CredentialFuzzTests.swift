import SlipwayAccess
import SlipwayTesting
import Testing

/// However odd the headers, the answer is a refusal or what the key is for.
@Suite(.serialized) struct CredentialFuzzTests {
    @Test(.timeLimit(.minutes(10))) func damagedHeadersAreNeverAServerErrorNorLetAnybodyIn() async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(.view))
            var generator = SeededGenerator(seed: 44)
            let pieces: [[UInt8]] = [
                [], [0x20], [0x09], Array(",".utf8), Array("Bearer ".utf8), Array("Basic ".utf8), Array("slw_".utf8),
                [0xFF], [0x80, 0x81], Array("é".utf8), Array(";".utf8), Array("\"".utf8), Array("a.b.c".utf8),
                [UInt8](repeating: 0x61, count: 20_000),
            ]
            var letIn = 0
            for round in 0..<300 {
                let isKey = round.isMultiple(of: 3)
                let value = Array((isKey ? secret.text : "Bearer \(secret.text)").utf8)
                var bytes = value
                for _ in 0..<Int.random(in: 0...2, using: &generator) {
                    let start = Int.random(in: 0...bytes.count, using: &generator)
                    let end = min(bytes.count, start + Int.random(in: 0...4, using: &generator))
                    bytes.replaceSubrange(
                        start..<end, with: pieces[Int.random(in: 0..<pieces.count, using: &generator)])
                }
                let connection = try RawConnection(port: keyed.server.port)
                let name = isKey ? "X-API-Key" : "Authorization"
                try await connection.send("GET /models HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\(name): ")
                try await connection.send(bytes + Array("\r\n\r\n".utf8))
                let answer = (try? await connection.receive()) ?? ""
                if answer.hasPrefix("HTTP/1.1 200") {
                    letIn += 1
                    // Only blanks around the key may differ from what was made.
                    let sent = String(decoding: bytes, as: UTF8.self)
                    #expect(sent.contains(secret.text), "\(sent)")
                } else {
                    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
                }
            }
            #expect(letIn > 50)
        }
    }
}
