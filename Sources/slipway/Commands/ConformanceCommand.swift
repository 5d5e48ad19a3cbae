import ArgumentParser
import Foundation
import SlipwayData

/// Holds any server to the Open Inference Protocol.
struct ConformanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Hold any server to the Open Inference Protocol V2 over REST, point by point.",
        discussion: """
            Examples:
              slipway conformance http://127.0.0.1:8080
              slipway conformance http://triton:8000 --model churn --json

            Ends with 1 when a claim of the specification, or of an extension that the server announces, is broken. Where
            servers differ and the specification is silent, the source is 'convention', which counts for nothing. The
            model is asked for predictions of made-up rows.
            """)

    @OptionGroup var options: OutputOptions
    @Argument(help: "The address of the server, without v2.") var url: String
    @Option(help: "The model to ask about; without it, the first that the server lists.") var model: String?
    @Option(help: "The name of the environment variable that holds a bearer token.") var tokenVariable: String?

    func validate() throws {
        guard let address = URL(string: url), ["http", "https"].contains(address.scheme), address.host() != nil else {
            throw ValidationError("'\(url)' is no address such as http://127.0.0.1:8080")
        }
    }

    func run() async throws {
        guard let address = URL(string: url) else { return }
        let token = tokenVariable.flatMap { ProcessInfo.processInfo.environment[$0] }
        let target = try await ConformanceTarget(address, model: model, token: token)
        let report = await ConformanceReport(target)
        if options.json {
            try Terminal.print(report.json)
        } else {
            var table = TextTable("CLAIM", "SOURCE", "RESULT", "WHY")
            for (point, finding) in report.findings {
                table.append([point.claim, point.source.rawValue, finding.result, finding.reason ?? ""])
            }
            try Terminal.print(table.text)
            try Terminal.print("\(target.model): \(report.sentence)")
        }
        if !report.isConformant { throw ExitCode.failure }
    }
}
