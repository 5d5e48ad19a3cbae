import Foundation
import Logging
import SlipwayData
import SlipwayMonitoring
import SlipwayServingTesting
import SlipwayTesting
import Testing

@testable import SlipwayServing

@Suite(.serialized) struct ObservationTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let traced = [
        "traceparent": "00-\(trace)-00f067aa0ba902b7-01", "tracestate": "rojo=1", "X-Request-Id": "order-7.a_B",
    ]
    private static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    @Test func everyAnswerNamesItsRequest() async throws {
        try await TestServer.ready { server, _ in
            let first = try await server.post("/models/churn/predict", Rows.record)
            let second = try await server.get("/models/nobody")
            let ids = [first, second].compactMap { $0.header("X-Request-Id") }
            #expect(ids.count == 2 && Set(ids).count == 2)
            #expect(second.errorRequestID == ids.last)
            #expect(first.header("traceresponse") == nil)
        }
    }

    @Test(arguments: ["", "a b", "é", String(repeating: "x", count: 65), "{\"id\":1}"])
    func anIDThatMightBeMistakenIsReplaced(id: String) async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.send("GET", "/models", headers: ["X-Request-Id": id])
            #expect(answer.header("X-Request-Id") != id && answer.header("X-Request-Id")?.isEmpty == false)
        }
    }

    @Test func theTraceOfACallerIsAnsweredAndLogged() async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.send(
                "POST", "/models/churn/predict", Data("[\(Rows.record),\(Rows.record)]".utf8), headers: Self.traced)
            #expect(answer.header("X-Request-Id") == "order-7.a_B")
            let response = try #require(answer.header("traceresponse"))
            #expect(response.hasPrefix("00-\(Self.trace)-") && response.hasSuffix("-01"))
            #expect(!response.contains("00f067aa0ba902b7"))
            #expect(answer.header("tracestate") == "rojo=1")
            _ = try await server.post("/models/churn/predict", Rows.record)
            #expect(try project.predictions(of: "churn").map(\.trace) == [Self.trace, Self.trace, nil])
        }
    }

    @Test func aTraceThatIsNoneChangesNothing() async throws {
        try await TestServer.ready { server, _ in
            for parent in ["00-\(Self.trace)-00f067aa0ba902b7", "ff-\(Self.trace)-00f067aa0ba902b7-01", "?"] {
                let answer = try await server.send(
                    "POST", "/models/churn/predict", Data(Rows.record.utf8), headers: ["traceparent": parent])
                #expect(answer.status == 200 && answer.header("traceresponse") == nil)
            }
        }
    }

    @Test func aLineIsKeptForEachRequest() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/access.log"
        let project = try await TestProject.ready()
        try await TestServer.serving(project, accessLog: AccessLog(path: path, logger: Self.quiet)) { server in
            _ = try await server.send(
                "POST", "/models/churn/predict", Data(Rows.record.utf8), headers: Self.traced)
            _ = try await server.send("POST", "/models/churn/predict?key=hidden", Data("{".utf8))
            _ = try await server.get("/no/such/route")
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let lines = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.count == 3 && !text.contains("hidden"))
        let first = lines[0]
        #expect(first["request_id"] == "order-7.a_B" && first["method"] == "POST" && first["status"] == .integer(200))
        #expect(first["path"] == "/models/churn/predict" && first["protocol"] == "rest" && first["model"] == "churn")
        #expect(first["version"] == .integer(1) && first["trace_id"] == .string(Self.trace))
        #expect(first["parent_span_id"] == "00f067aa0ba902b7" && first["sampled"] == .boolean(true))
        #expect(first["request_bytes"] == .integer(Int64(Rows.record.utf8.count)))
        #expect(lines[1]["code"] == "malformed" && lines[1]["trace_id"] == nil)
        #expect(lines[2]["status"] == .integer(404) && lines[2]["protocol"] == nil && lines[2]["model"] == nil)
    }

    @Test func aKeyNeverShowsInTheAccessLog() async throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/access.log"
        let project = try await TestProject.ready()
        let key = "slw_7q2m5x4k7q2m5x4k_" + String(repeating: "k7q2m5x4", count: 6)
        try await TestServer.serving(project, accessLog: AccessLog(path: path, logger: Self.quiet)) { server in
            _ = try await server.send(
                "GET", "/\(key)", headers: ["X-API-Key": key, "X-Request-Id": key, "Authorization": "Bearer \(key)"])
        }
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("\"status\":404") && !text.contains(key.suffix(40)))
    }
}
