import SlipwayData
import SlipwayHTTP
import SlipwayServing
import SlipwayServingTesting
import Synchronization
import Testing

/// How the server stands up to connections that no well-behaved client would make.
@Suite(.serialized) struct ServingApplicationTests {
    private static let head =
        "POST /models/churn/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    private static var request: String { "\(head)Content-Length: \(Rows.record.utf8.count)\r\n\r\n\(Rows.record)" }

    @Test func headAnswersAsGetDoesWithoutABody() async throws {
        try await TestServer.ready { server, _ in
            for path in ["/health/ready", "/metrics", "/openapi.json", "/models/churn"] {
                let text = try await RawConnection(port: server.port).exchange("HEAD \(path) HTTP/1.1")
                #expect(text.hasPrefix("HTTP/1.1 200"))
                #expect(text.hasSuffix("\r\n\r\n"))
            }
        }
    }

    @Test(arguments: ["/models/absent", "/nothing", "/models/churn/feedback", "/v2/models/absent"])
    func headOfAnErrorLeavesTheConnectionInStep(path: String) async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send("HEAD \(path) HTTP/1.1\r\nHost: l\r\n\r\n")
            let head = try await connection.receive { $0.contains("\r\n\r\n") }
            #expect(head.hasPrefix("HTTP/1.1 40") && head.hasSuffix("\r\n\r\n"), "\(head)")
            let text = try await connection.exchange("GET /health/live HTTP/1.1")
            #expect(text.hasPrefix("HTTP/1.1 200"), "\(text)")
        }
    }

    @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
        try await TestServer.ready { server, project in
            let connection = try RawConnection(port: server.port)
            let refused = "\(Self.head)Content-Length: 2\r\n\r\n[]"
            try await connection.send(
                Self.request + refused + Self.request + "GET /nothing HTTP/1.1\r\nHost: l\r\n\r\n")
            let text = try await connection.receive { $0.contains("unknown_route") }
            let statuses = text.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
            #expect(statuses == ["200", "400", "200", "404"])
            #expect(try project.predictions(of: "churn").count == 2)
        }
    }

    @Test func aClientThatWaitsIsToldToGoOn() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send(
                "\(Self.head)Expect: 100-continue\r\nContent-Length: \(Rows.record.utf8.count)\r\n\r\n")
            let interim = try await connection.receive { $0.contains("\r\n\r\n") }
            #expect(interim.hasPrefix("HTTP/1.1 100 Continue\r\n"))
            try await connection.send(Rows.record)
            let text = try await connection.receive { $0.contains("probabilities") }
            #expect(text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aClientThatWaitsWithTooLargeABodyIsRefusedAtOnce() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send("\(Self.head)Expect: 100-continue\r\nContent-Length: 104857600\r\n\r\n")
            let text = try await connection.receive { $0.contains("too_large") }
            #expect(text.hasPrefix("HTTP/1.1 413"))
        }
    }

    @Test func aHalfClosedConnectionGetsItsAnswer() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send(Self.request)
            connection.closeWriting()
            let text = try await connection.receive()
            #expect(text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aSlowClientIsAnsweredAndKeepsNobodyWaiting() async throws {
        try await TestServer.ready { server, _ in
            let slow = try RawConnection(port: server.port)
            for piece in Self.request.map(String.init).chunked(by: 16) {
                try await slow.send(piece.joined())
                #expect(try await server.get("/health/live").status == 200)
            }
            let text = try await slow.receive { $0.contains("probabilities") }
            #expect(text.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test func aClientThatLeavesInTheMiddleHarmsNobody() async throws {
        try await TestServer.ready { server, project in
            let bytes = Array(Self.request.utf8)
            for count in stride(from: 1, to: bytes.count, by: 7) {
                try await RawConnection(port: server.port).send(Array(bytes.prefix(count)))
            }
            let answer = try await server.post("/models/churn/predict", Rows.record)
            #expect(answer.status == 200)
            #expect(try project.predictions(of: "churn").count == 1)
        }
    }

    @Test(arguments: [
        "\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GARBAGE GARBAGE GARBAGE\r\n\r\n",
        "POST /models/churn/predict HTTP/1.1\r\nHost: l\r\nContent-Length: x\r\n\r\n",
        "POST /models/churn/predict HTTP/1.1\r\nHost: l\r\nContent-Length: -1\r\n\r\n",
        "POST /models/churn/predict HTTP/1.1\r\nHost: l\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        "GET /models/%zz/predict?%&=&= HTTP/1.1\r\nHost: l\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
    ])
    func malformedHTTPIsNeverAServerError(text: String) async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send(text)
            connection.closeWriting()
            // A reset is an answer, too, to what is not HTTP.
            let answer = (try? await connection.receive()) ?? ""
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
            #expect(try await server.get("/health/live").status == 200)
        }
    }

    @Test func aCompressedBodyIsRefusedForWhatItIs() async throws {
        try await TestServer.ready { server, _ in
            let connection = try RawConnection(port: server.port)
            try await connection.send("\(Self.head)Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\u{1F}\u{8}")
            let text = try await connection.receive { $0.contains("}}") }
            #expect(text.hasPrefix("HTTP/1.1 415"))
            #expect(text.contains("without Content-Encoding"))
        }
    }

    @Test func aGracefulShutdownAnswersTheRequestUnderWay() async throws {
        let project = try await TestProject.ready()
        try await TestServer.serving(project) { server in
            let connection = try RawConnection(port: server.port)
            let bytes = Array(Self.request.utf8)
            try await connection.send(Array(bytes.dropLast(20)))
            _ = try await server.get("/health/live")
            await server.shutDown()
            var isOpen = true
            for _ in 0..<100 where isOpen {
                try await Task.sleep(for: .milliseconds(20))
                isOpen = (try? RawConnection(port: server.port)) != nil
            }
            #expect(!isOpen)
            try await connection.send(Array(bytes.suffix(20)))
            let text = try await connection.receive()
            #expect(text.hasPrefix("HTTP/1.1 200"))
            #expect(text.contains("probabilities"))
        }
        #expect(try project.predictions(of: "churn").count == 1)
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        try await TestServer.ready { server, project in
            let error = await #expect(throws: ListenError.self) {
                try await TestServer.serving(project, port: server.port) { _ in }
            }
            #expect(error?.message.contains("port \(server.port)") == true)
        }
    }

    @Test func aHostThatIsNotKnownIsNamed() async throws {
        let project = try await TestProject.ready()
        let error = await #expect(throws: ListenError.self) {
            try await TestServer.serving(project, host: "no-such-host.invalid") { _ in }
        }
        #expect(error?.message.contains("no-such-host.invalid") == true)
    }
}

extension Array {
    fileprivate func chunked(by count: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: self.count, by: count).map { self[$0..<Swift.min($0 + count, self.count)] }
    }
}
