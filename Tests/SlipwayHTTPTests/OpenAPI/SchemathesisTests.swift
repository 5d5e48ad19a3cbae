import Foundation
import SlipwayServingTesting
import SlipwayTesting
import Testing

/// Schemathesis, which nobody here wrote, asks a real server for all that its document promises.
///
/// What the document cannot say in a schema stands in `dev/clients/schemathesis.toml`, with the reason. Where
/// `SLIPWAY_LONG_SECONDS` is set, as `dev/check --long` does, all operations go through all phases.
@Suite(.serialized) struct SchemathesisTests {
    private static let isLong = ProcessInfo.processInfo.environment["SLIPWAY_LONG_SECONDS"] != nil
    /// One operation of each kind of body and refusal, for the phase that tries every single rule of a schema.
    private static let chosen = [
        "predict_churn", "look_up_churn", "feed_back_churn", "describe_churn", "v2_infer_bare", "v2_index",
        "v1_version_predict_bare", "v1_version_status_churn", "invoke_churn", "docs_asset",
    ]

    @Test func whatIsMadeFromTheDocumentIsAnsweredAsItSays() async throws {
        try await TestServer.ready { server, _ in
            let count = Self.isLong ? "100" : "8"
            try await Self.run(server, ["--phases", "examples,fuzzing", "--max-examples", count])
        }
    }

    @Test func everyRuleOfASchemaIsKept() async throws {
        try await TestServer.ready { server, _ in
            let operations = Self.isLong ? [] : Self.chosen.flatMap { ["--include-operation-id", $0] }
            try await Self.run(server, ["--phases", "coverage"] + operations)
        }
    }

    @Test func loadingAndUnloadingAreAnsweredAsTheDocumentSays() async throws {
        try await TestServer.ready { server, _ in
            try await Self.run(
                server, ["--phases", "coverage,fuzzing", "--max-examples", "10", "--include-path-regex", "load$"],
                excluding: nil)
        }
    }

    /// - Parameter excluded: The paths that are left out: by default those that would stop the models from answering.
    private static func run(
        _ server: TestServer, _ arguments: [String], excluding excluded: String? = "load$"
    ) async throws {
        let ran = try await OutsideProgram.clients(
            [
                "-m", "schemathesis.cli", "--config-file", "dev/clients/schemathesis.toml", "--no-color", "run",
                "http://127.0.0.1:\(server.port)/openapi.json", "--seed", "1",
            ] + arguments + (excluded.map { ["--exclude-path-regex", $0] } ?? []))
        #expect(ran.status == 0, "\(ran.said.suffix(6_000))")
        #expect(ran.said.contains("Tested: "))
        #expect(try await server.get("/health/ready").status == 200)
    }
}
