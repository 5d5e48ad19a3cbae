import Foundation
import SlipwayServingTesting
import Testing

@testable import SlipwayHTTP

/// What a request by HTTP/1.1 asks for, and how its answer is written.
@Suite(.serialized) struct MessageCodecTests {
    /// The lines of an answer's head, and its body.
    private static func answer(
        _ server: TestServer, _ request: String
    ) async throws -> (head: [String], body: String) {
        let connection = try RawConnection(port: server.port)
        try await connection.send(request)
        connection.closeWriting()
        let parts = try await connection.receive().components(separatedBy: "\r\n\r\n")
        #expect(parts.count == 2)
        return (parts[0].components(separatedBy: "\r\n"), parts.last ?? "")
    }

    private static func length(in head: [String]) -> Int? {
        let lines = head.filter { $0.lowercased().hasPrefix("content-length:") }
        return lines.count == 1 ? lines[0].split(separator: " ").last.flatMap { Int($0) } : nil
    }

    @Test(arguments: ["/health/live", "http://localhost/health/live", "http://localhost:80/health/live?x=1"])
    func theAddressMayBeAPathOrWhole(address: String) async throws {
        try await TestServer.ready { server, _ in
            let answer = try await Self.answer(server, "GET \(address) HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(answer.head[0] == "HTTP/1.1 200 OK")
            #expect(Self.length(in: answer.head) == answer.body.utf8.count)
        }
    }

    @Test(arguments: [1, 500]) func shortAndLongAnswersSayTheirLengthOnce(rowCount: Int) async throws {
        try await TestServer.ready { server, _ in
            let body = "[" + Array(repeating: Rows.record, count: rowCount).joined(separator: ",") + "]"
            let answer = try await Self.answer(
                server,
                "POST /models/churn/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            #expect(answer.head[0] == "HTTP/1.1 200 OK")
            #expect(Self.length(in: answer.head) == answer.body.utf8.count)
            #expect((answer.body.utf8.count > MessageCodec.joinedByteCountMax) == (rowCount == 500))
            #expect(!answer.head.contains { $0.lowercased().hasPrefix("transfer-encoding") })
        }
    }

    @Test func theHeadOfAnAnswerAloneSaysTheLengthThatItWouldHave() async throws {
        try await TestServer.ready { server, _ in
            let full = try await Self.answer(server, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            let head = try await Self.answer(server, "HEAD /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(head.body.isEmpty && Self.length(in: head.head) == full.body.utf8.count)
        }
    }

    @Test func anAnswerThatCanHaveNoBodySaysNoLength() async throws {
        let project = try await TestProject.ready()
        try await TestServer.serving(project, origins: ["https://app.example"]) { server in
            let answer = try await Self.answer(
                server,
                "OPTIONS /models/churn/predict HTTP/1.1\r\nHost: localhost\r\nOrigin: https://app.example\r\n"
                    + "Access-Control-Request-Method: POST\r\n\r\n")
            #expect(answer.head[0] == "HTTP/1.1 204 No Content" && answer.body.isEmpty)
            #expect(!answer.head.contains { $0.lowercased().hasPrefix("content-length") })
        }
    }
}
