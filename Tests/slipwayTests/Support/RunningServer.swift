import Foundation
import SlipwayData
import Testing

/// A `slipway serve` that answers on a free port.
final class RunningServer {
    /// The process, for signals.
    let process: SlipwayProcess
    /// The port that it listens on.
    let port: UInt16

    /// Starts a server of the environment production and waits until it says where it answers.
    init(_ project: TelcoProject, _ options: String...) throws {
        process = try project.start(["serve", "--environment", "production", "--port", "0"] + options)
        let process = process
        try process.wait(until: "the server says its address") { process.outputSoFar.contains("\n") }
        let line = process.outputSoFar
        #expect(line.hasPrefix("Slipway serves production at http://127.0.0.1:"))
        port = try #require(UInt16(line.dropLast().split(separator: ":").last ?? ""))
    }

    /// Runs a body with a server, then ends the server as an operator would, which must end with code 0.
    static func with<Result>(_ project: TelcoProject, _ body: (RunningServer) throws -> Result) throws -> Result {
        let server = try RunningServer(project)
        let result = try body(server)
        server.process.signal(SIGTERM)
        let outcome = try server.process.wait()
        #expect(outcome.status == 0 && !outcome.isSignalled, "\(outcome.messages)")
        return result
    }

    /// Asks once, over a connection of its own.
    func request(
        _ method: String = "GET", _ path: String, body: String? = nil, key: String? = nil
    ) throws -> HTTPConnection.Answer {
        try HTTPConnection(port: port).request(method, path, body: body, key: key)
    }

    /// The prediction for a customer, which must be answered with 200.
    func prediction(customer: Int) throws -> JSONValue {
        let answer = try request("GET", "/models/churn/predict?customer_id=\(customer)")
        #expect(answer.status == 200)
        return try answer.json
    }
}
