import Foundation
import Testing

extension EndToEnd {
    /// How a server ends that is asked to, with a request under way that never comes to its end.
    struct DrainTests {
        private static func withRequestUnderWay(
            _ limits: String, _ body: (RunningServer, HTTPConnection) throws -> Void
        ) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write("\(settings)\nserving:\n  limits: \(limits)\n", to: "slipway.yaml")
                let server = try RunningServer(project)
                let connection = try HTTPConnection(port: server.port)
                try connection.begin("/models/churn/predict")
                // Whoever asks for readiness makes the server give notice before it stops listening.
                #expect(try server.request("GET", "/health/ready").status == 200)
                try body(server, connection)
            }
        }

        @Test func aServerThatIsAskedTwiceEndsAtOnce() throws {
            try Self.withRequestUnderWay("{ notice_time: 1h, drain_time: 1h }") { server, _ in
                server.process.signal(SIGTERM)
                try server.process.wait(until: "it is not ready") {
                    (try? server.request("GET", "/health/ready").status) == 503
                }
                #expect(try server.request("GET", "/health/live").status == 200)
                // Signals closer together than half a second are one.
                Thread.sleep(forTimeInterval: 0.6)
                server.process.signal(SIGTERM)
                let outcome = try server.process.wait()
                #expect(outcome.status == 143 && !outcome.isSignalled)
                #expect(outcome.messages.contains("asked to end again"), "\(outcome.messages)")
            }
        }

        @Test func aSignalThatComesTwiceAtOnceIsOneRequestToEnd() throws {
            try Self.withRequestUnderWay("{ notice_time: 50ms, drain_time: 1h }") { server, connection in
                for signal in [SIGTERM, SIGINT, SIGTERM] { server.process.signal(signal) }
                try server.process.wait(until: "it does not listen any more") {
                    (try? server.request("GET", "/health/live").status) == nil
                }
                connection.end()
                #expect(try server.process.wait().status == 0)
            }
        }

        @Test func requestsThatTakeTooLongAreCutOff() throws {
            try Self.withRequestUnderWay("{ notice_time: 50ms, drain_time: 300ms }") { server, _ in
                server.process.signal(SIGTERM)
                let outcome = try server.process.wait()
                #expect(outcome.status == 1 && !outcome.isSignalled)
                #expect(outcome.messages.contains("the time for requests under way is over"), "\(outcome.messages)")
            }
        }

        @Test func theLimitsInForceAreSaidAtTheStart() throws {
            try Self.withRequestUnderWay("{ rows: 77, request_time: 9s }") { server, _ in
                #expect(server.process.messagesSoFar.contains("rows=77"))
                #expect(server.process.messagesSoFar.contains("request_time=9000ms"))
                server.process.signal(SIGKILL)
            }
        }
    }
}
