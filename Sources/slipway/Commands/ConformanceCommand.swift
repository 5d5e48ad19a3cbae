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

            Ends with 1 when a claim of the specification, or of an extension that the server announces, is broken. Where \
            servers differ and the specification is silent, the source is 'convention', which counts for nothing. The \
            model is asked for predictions, which its server may log.
            """)

    @OptionGroup var options: OutputOptions
    @Argument(help: "The address of the server, without v2.") var url: String
    @Option(help: "The model to ask about; without it, the first that the server lists.") var model: String?
    @Option(
        help: "A file with an inference request in JSON whose inputs the model takes; without it, they are made up.")
    var request: String?
    @Option(help: "The name of the environment variable that holds a bearer token.") var tokenVariable: String?

    /// The largest request that is read from a file, in bytes.
    private static let requestByteCountMax = 10 << 20

    private static let refusedInputs = """
        The model refused the inputs that were made up for it, so the points that need an answer say nothing.
        hint: Give a request that it answers: --request request.json
        """

    func validate() throws {
        guard let address = URL(string: url), ["http", "https"].contains(address.scheme), address.host() != nil else {
            throw ValidationError("'\(url)' is no address such as http://127.0.0.1:8080")
        }
    }

    func run() async throws {
        guard let address = URL(string: url) else { return }
        let token = try tokenVariable.map(TokenVariable.token(in:))
        let given = try request.map { path in
            try JSONValue(parsing: InputFile.bytes(of: path, byteCountMax: Self.requestByteCountMax))
        }
        let target = try await ConformanceTarget(address, model: model, token: token, request: given)
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
        guard report.isConformant else {
            if given == nil, await target.refusesInputs() { try Terminal.print(Self.refusedInputs, to: .error) }
            throw ExitCode.failure
        }
    }
}
