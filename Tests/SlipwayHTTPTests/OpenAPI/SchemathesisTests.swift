import Foundation
import SlipwayRegistry
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
            let complaint = try await Self.complaint(server, ["--phases", "examples,fuzzing", "--max-examples", count])
            #expect(complaint == nil)
        }
    }

    @Test func everyRuleOfASchemaIsKept() async throws {
        try await TestServer.ready { server, _ in
            let operations = Self.isLong ? [] : Self.chosen.flatMap { ["--include-operation-id", $0] }
            let complaint = try await Self.complaint(server, ["--phases", "coverage"] + operations)
            #expect(complaint == nil)
        }
    }

    @Test(arguments: [Registry.Trial(.shadow), Registry.Trial(.canary, share: 0.5, key: TestProject.key)])
    func aChallengerIsAnsweredAsTheDocumentSays(_ trial: Registry.Trial) async throws {
        let project = try await TestProject.ready()
        _ = try project.registry.deploy(
            try project.version("churn@2"), as: trial, in: TestProject.environment, by: "tester")
        try await TestServer.serving(project) { server in
            for _ in 0..<30 { _ = try await server.post("/models/churn/predict", Rows.record) }
            let operations = ["compare_churn", "list_models", "describe_churn", "predict_churn"]
            let complaint = try await Self.complaint(
                server,
                ["--phases", "examples,fuzzing", "--max-examples", "4"]
                    + operations.flatMap { ["--include-operation-id", $0] })
            #expect(complaint == nil)
        }
    }

    @Test func loadingAndUnloadingAreAnsweredAsTheDocumentSays() async throws {
        try await TestServer.ready { server, _ in
            let loading = ["--include-path-regex", "load$"]
            let complaint = try await Self.complaint(
                server, ["--phases", "coverage,fuzzing", "--max-examples", "10"] + loading, excluding: nil)
            #expect(complaint == nil)
        }
    }

    /// What was found; `nil` when operations were tested and all is as the document says.
    ///
    /// - Parameter excluded: The paths that are left out: by default those that would stop the models from answering.
    private static func complaint(
        _ server: TestServer, _ arguments: [String], excluding excluded: String? = "load$"
    ) async throws -> String? {
        let ran = try await OutsideProgram.clients(
            [
                "-m", "schemathesis.cli", "--config-file",
                OutsideProgram.root.appending(path: "dev/clients/schemathesis.toml").path(), "--no-color", "run",
                "http://127.0.0.1:\(server.port)/openapi.json", "--seed", "1",
            ] + arguments + (excluded.map { ["--exclude-path-regex", $0] } ?? []))
        return ran.status == 0 && ran.output.contains("Tested: ")
            ? nil : String((ran.output + ran.errors).suffix(6_000))
    }
}
