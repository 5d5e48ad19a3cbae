import Foundation
import SlipwayServingTesting
import Testing

@testable import SlipwayHTTP

/// How requests follow each other on a connection.
@Suite(.serialized) struct RequestHandlerTests {
    private static let head =
        "POST /models/churn/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    private static var request: String { "\(head)Content-Length: \(Rows.record.utf8.count)\r\n\r\n\(Rows.record)" }

    private static func statuses(of text: String) -> [String] {
        text.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
    }

    @Test func everythingAskedBeforeTheCallerFellSilentIsAnswered() async throws {
        try await TestServer.ready { server, project in
            let connection = try RawConnection(port: server.port)
            try await connection.send(Self.request + Self.request + Self.request)
            connection.closeWriting()
            #expect(Self.statuses(of: try await connection.receive()) == ["200", "200", "200"])
            #expect(try project.predictions(of: "churn").count == 3)
        }
    }

    @Test func whatIsNoRequestBehindOnesThatAreIsRefusedAfterTheirAnswers() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send(Self.request + Self.request + "NONSENSE\r\n\r\n")
            #expect(Self.statuses(of: try await connection.receive()) == ["200", "200", "400"])
        }
    }

    @Test func whoAsksToCloseIsAnsweredAndThenClosed() async throws {
        try await TestServer.ready { server, _ in
            let text = try await RawConnection(port: server.port).exchange("GET /health/live HTTP/1.1")
            #expect(text.hasPrefix("HTTP/1.1 200") && text.lowercased().contains("connection: close"))
        }
    }

    @Test(arguments: ["HTTP/1.0\r\n", "HTTP/1.1\r\nConnection: keep-alive, close\r\n"])
    func aConnectionEndsWhereItsVersionOrAListSaysSo(version: String) async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send("GET /health/live \(version)Host: localhost\r\n\r\n")
            let text = try await connection.receive()
            #expect(text.hasPrefix("HTTP/1.1 200") && text.lowercased().contains("connection: close"))
        }
    }

    @Test(arguments: [1, RequestHandler.awaitedByteCountMax, 200_000])
    func aBodyThatComesInPiecesIsReadAsOne(spaceCount: Int) async throws {
        try await TestServer.ready { server, _ in
            let body = Rows.record + String(repeating: " ", count: spaceCount)
            let connection = try RawConnection(port: server.port)
            try await connection.send("\(Self.head)Content-Length: \(body.utf8.count)\r\n\r\n")
            for piece in stride(from: 0, to: body.utf8.count, by: max(7, body.utf8.count / 5)) {
                try await Task.sleep(for: .milliseconds(5))
                let rest = Array(body.utf8)[piece...]
                try await connection.send(Array(rest.prefix(max(7, body.utf8.count / 5))))
            }
            let text = try await connection.receive { $0.contains("probabilities") }
            #expect(text.hasPrefix("HTTP/1.1 200"), "\(text)")
        }
    }

    @Test func aLongBodyThatNobodyReadsLeavesTheConnectionInStep() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            let body = String(repeating: "a", count: 3 << 20)
            try await connection.send(
                "POST /models/absent/predict HTTP/1.1\r\nHost: l\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)GET /health/live HTTP/1.1\r\nHost: l\r\n\r\n")
            let text = try await connection.receive { $0.contains("\"live\":true") }
            #expect(Self.statuses(of: text) == ["404", "200"])
            // A body that is waited for in vain ends its connection.
            #expect(!text.lowercased().contains("connection: close"))
        }
    }

    @Test func whoAsksForTheEndOfTheConnectionGetsTheAnswerBeforeIt() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            let body = String(repeating: "a", count: 3 << 20)
            let head = "POST /models/absent/predict HTTP/1.1\r\nHost: l\r\nConnection: close\r\n"
            try await connection.send(head + "Content-Length: \(body.utf8.count)\r\n\r\n")
            try await connection.send(body)
            let text = try await connection.receive()
            #expect(Self.statuses(of: text) == ["404"])
        }
    }
}
