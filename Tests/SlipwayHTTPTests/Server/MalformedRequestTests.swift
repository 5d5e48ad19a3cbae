import Foundation
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// What is no HTTP, or abuses it, is refused with 4xx or a closed connection, predicts nothing, and harms nobody.
@Suite(.serialized) struct MalformedRequestTests {
    private static let head = "POST /models/churn/predict HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\n"
    private static var length: Int { Rows.record.utf8.count }

    /// Sends bytes to a server, says no more, and gives what came back.
    private static func answer(to text: String, _ server: TestServer) async throws -> String {
        let connection = try RawConnection(port: server.port)
        try await connection.send(text)
        connection.closeWriting()
        // A reset is an answer, too, to what is not HTTP.
        return (try? await connection.receive()) ?? ""
    }

    private static let abuses: [(what: String, text: String)] = [
        ("no version", "GET /health/live\r\n\r\n"),
        ("an unknown version", "GET /health/live HTTP/3.7\r\nHost: l\r\n\r\n"),
        ("a method that is none", "G@T /health/live HTTP/1.1\r\nHost: l\r\n\r\n"),
        ("no host", "GET /health/live HTTP/1.1\r\nX: a\r\n\r\n"),
        ("two hosts", "GET /health/live HTTP/1.1\r\nHost: l\r\nHost: l\r\n\r\n"),
        ("no host but in the address", "GET http://l/health/live HTTP/1.1\r\nX: a\r\n\r\n"),
        ("a space before the colon", "GET /health/live HTTP/1.1\r\nHost : l\r\n\r\n"),
        ("a folded header", "GET /health/live HTTP/1.1\r\nHost: l\r\nX: a\r\n b\r\n\r\n"),
        ("a NUL in a name", "GET /health/live HTTP/1.1\r\nHost: l\r\nX\0Y: a\r\n\r\n"),
        ("a NUL in a value", "GET /health/live HTTP/1.1\r\nHost: l\r\nX: a\0b\r\n\r\n"),
        ("a NUL in the path", "GET /health/\0live HTTP/1.1\r\nHost: l\r\n\r\n"),
        ("a bare CR in a value", "GET /health/live HTTP/1.1\r\nHost: l\r\nX: a\rb\r\n\r\n"),
        ("two lengths", "\(head)Content-Length: \(length)\r\nContent-Length: 5\r\n\r\n\(Rows.record)"),
        ("a list of lengths", "\(head)Content-Length: \(length), \(length)\r\n\r\n\(Rows.record)"),
        ("a length with a sign", "\(head)Content-Length: +\(length)\r\n\r\n\(Rows.record)"),
        ("a length beyond all numbers", "\(head)Content-Length: 99999999999999999999999\r\n\r\n\(Rows.record)"),
        ("a length and chunks", "\(head)Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("an unknown transfer coding", "\(head)Transfer-Encoding: gzip\r\n\r\n\(Rows.record)"),
        ("a chunk size that is none", "\(head)Transfer-Encoding: chunked\r\n\r\nxyz\r\n\(Rows.record)\r\n0\r\n\r\n"),
        ("a negative chunk size", "\(head)Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n"),
        ("a chunk size beyond all numbers", "\(head)Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff1\r\na"),
        ("a chunk longer than its size", "\(head)Transfer-Encoding: chunked\r\n\r\n2\r\n\(Rows.record)\r\n0\r\n\r\n"),
        ("chunks without an end", "\(head)Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n"),
        ("a body that ends early", "\(head)Content-Length: 1000\r\n\r\n\(Rows.record)"),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{FC}\u{3}\u{3}"),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ]

    @Test(.timeLimit(.minutes(10))) func nothingThatIsNoRequestIsAnsweredAsOne() async throws {
        try await TestServer.ready { server, project in
            for (what, text) in Self.abuses {
                let answer = try await Self.answer(to: text, server)
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(what): \(answer)")
            }
            #expect(try await server.get("/health/live").status == 200)
            #expect(try project.predictions(of: "churn").isEmpty)
            #expect(server.service.gate.requestCount == 0)
        }
    }

    @Test(.timeLimit(.minutes(10))) func whatIsNoHTTPIsToldSo() async throws {
        try await TestServer.ready { server, _ in
            let answer = try await Self.answer(to: "NONSENSE\r\n\r\n", server)
            #expect(answer.hasPrefix("HTTP/1.1 400"), "\(answer)")
            #expect(answer.contains("{\"error\":{\"code\":\"malformed\""))
            #expect(answer.lowercased().contains("connection: close"))
        }
    }

    @Test(.timeLimit(.minutes(10))) func aHeadBeyondItsLimitsIsRefusedWith431() async throws {
        try await TestServer.ready { server, _ in
            let many = (0..<200).map { "X-\($0): a\r\n" }.joined()
            let long = "X: \(String(repeating: "a", count: 40_000))\r\n"
            let path = String(repeating: "a", count: 40_000)
            for text in [
                "GET /health/live HTTP/1.1\r\nHost: l\r\n\(many)\r\n",
                "GET /health/live HTTP/1.1\r\nHost: l\r\n\(long)\r\n",
                "GET /\(path) HTTP/1.1\r\nHost: l\r\n\r\n",
            ] {
                let answer = try await Self.answer(to: text, server)
                #expect(answer.hasPrefix("HTTP/1.1 431") || answer.isEmpty, "\(answer.prefix(200))")
            }
            let fitting = "X: \(String(repeating: "a", count: 30_000))\r\n"
            let answer = try await Self.answer(to: "GET /health/live HTTP/1.1\r\nHost: l\r\n\(fitting)\r\n", server)
            #expect(answer.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test(.timeLimit(.minutes(10))) func damagedRequestsNeverBringTheServerDown() async throws {
        try await TestServer.ready { server, _ in
            var generator = SeededGenerator(seed: 21)
            let seeds = [
                "\(Self.head)Content-Length: \(Self.length)\r\n\r\n\(Rows.record)",
                "\(Self.head)Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
                "GET /models/churn/predict?customer_id=1 HTTP/1.1\r\nHost: l\r\nConnection: close\r\n\r\n",
            ]
            let pieces = [
                "\0", "\r", "\n", "\r\n", ":", " ", "\t", "%", "HTTP/", "Content-Length: 1\r\n", "é", "{", "0",
            ]
            for round in 0..<400 {
                var bytes = Array(seeds[round % seeds.count].utf8)
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    let start = Int.random(in: 0..<bytes.count, using: &generator)
                    let end = min(bytes.count, start + Int.random(in: 0...6, using: &generator))
                    let piece = pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                    bytes.replaceSubrange(start..<end, with: Array(piece.utf8))
                }
                let connection = try RawConnection(port: server.port)
                try await connection.send(bytes)
                connection.closeWriting()
                let answer = (try? await connection.receive()) ?? ""
                let statuses = answer.split(separator: "HTTP/1.1 ").map { $0.prefix(1) }
                #expect(statuses.allSatisfy { $0 == "2" || $0 == "4" }, "\(round): \(answer)")
            }
            #expect(try await server.get("/health/live").status == 200)
            try await KeyedServer.eventually { server.service.gate.requestCount == 0 }
        }
    }

    /// A tensor of `[1, 4]` floats, with what its head says of it.
    private static func tensor(shape: String, size: String, bytes: Int) -> (head: String, body: Data) {
        let head =
            "{\"inputs\":[{\"name\":\"X\",\"shape\":\(shape),\"datatype\":\"FP32\","
            + "\"parameters\":{\"binary_data_size\":\(size)}}]}"
        return (head, Data(head.utf8) + Data(repeating: 0x3F, count: bytes))
    }

    @Test(arguments: [
        ("[1,4]", "16", 15), ("[1,4]", "16", 0), ("[1,4]", "16", 17), ("[1,4]", "12", 16), ("[2,4]", "16", 16),
        ("[1,4]", "-16", 16), ("[1,4]", "9223372036854775807", 16), ("[1,4]", "16.5", 16), ("[-1,4]", "16", 16),
        ("[9223372036854775807,4]", "16", 16), ("[4294967296,4294967296]", "16", 16), ("[1,10000001]", "16", 16),
        ("[0,4]", "0", 0), ("[]", "16", 16), ("[1,1,1,1,1,1,1,1,4]", "16", 16),
    ])
    func aTensorThatIsNotWhatItsHeadSaysIsRefused(shape: String, size: String, bytes: Int) async throws {
        try await TestServer.ready { server, project in
            let tensor = Self.tensor(shape: shape, size: size, bytes: bytes)
            let answer = try await server.send(
                "POST", "/v2/models/bare/infer", tensor.body, type: "application/octet-stream",
                headers: ["Inference-Header-Content-Length": "\(tensor.head.utf8.count)"])
            #expect((400..<500).contains(answer.status), "\(answer.text)")
            #expect(answer.protocolError != nil)
            #expect(try project.predictions(of: "bare").isEmpty)
        }
    }

    @Test func aTensorBeyondTheLimitOfBodiesIsRefusedBeforeItIsSent() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            let tensor = Self.tensor(shape: "[5000000,4]", size: "80000000", bytes: 0)
            try await connection.send(
                "POST /v2/models/bare/infer HTTP/1.1\r\nHost: l\r\nContent-Type: application/octet-stream\r\n"
                    + "Inference-Header-Content-Length: \(tensor.head.utf8.count)\r\n"
                    + "Content-Length: \(80_000_000 + tensor.head.utf8.count)\r\n\r\n\(tensor.head)")
            let text = try await connection.receive { $0.contains("}\n") }
            #expect(text.hasPrefix("HTTP/1.1 413"), "\(text)")
        }
    }
}
