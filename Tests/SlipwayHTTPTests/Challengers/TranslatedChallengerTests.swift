import Foundation
import SlipwayData
import SlipwayMonitoring
import SlipwayRegistry
import SlipwayServing
import SlipwayServingTesting
import Testing

/// A challenger that reads fewer fields, or calls its outputs by other names, is called as its champion is.
@Suite(.serialized) struct TranslatedChallengerTests {
    /// Serves `churn@1` with a version of another form as its challenger.
    private static func serving(
        _ fixture: String, _ trial: Registry.Trial,
        _ body: @Sendable (TestServer, TestProject, ModelVersion) async throws -> Void
    ) async throws {
        let project = try await TestProject.ready()
        let version = try project.push(fixture, as: "churn", examples: try Rows.examples())
        _ = try project.registry.deploy(version, as: trial, in: TestProject.environment, by: "tester")
        try await TestServer.serving(project) { try await body($0, project, version) }
    }

    private static func outputNames(_ answer: Answer) -> [String] {
        guard case .array(let outputs)? = answer["outputs"] else { return [] }
        return outputs.compactMap { $0["name"]?.asValue?.text }
    }

    @Test func aCanaryOfAnotherConverterAnswersUnderTheChampionsNames() async throws {
        // The same regression, whose class and probabilities go by other names.
        try await Self.serving("columns-logistic", .init(.canary)) { server, project, version in
            let answer = try await server.post("/models/churn/predict?explain=2", Rows.record)
            #expect(answer["version"] == .integer(3) && answer["prediction"] == "Yes", "\(answer.text)")
            #expect(abs((answer.probability(of: "Yes") ?? .nan) - Rows.reference.logistic) < 1e-5)
            #expect(answer["explanation"]?["reasons"] != nil)
            for path in ["/v2/models/churn/infer", "/v2/models/churn/versions/3/infer"] {
                let inferred = try await server.post(path, Rows.tensors)
                #expect(inferred["model_version"] == "3", "\(inferred.text)")
                #expect(Self.outputNames(inferred) == ["label", "probabilities"])
            }
            let logged = try project.predictions(of: "churn")
            #expect(logged.allSatisfy { $0.version == 3 && $0.outputs["label"] == "Yes" })
            #expect(logged.allSatisfy { $0.inputs["region"] == "north" })

            // Promoted, it is called by its own names.
            try project.promote(version)
            #expect(try await server.answers("churn", with: 3))
            let own = try await server.post("/v2/models/churn/infer", Rows.tensors)
            #expect(Self.outputNames(own) == ["output_label", "output_probability"], "\(own.text)")
        }
    }

    @Test func aVersionThatAnswersInAnotherFormIsRefusedWithTheReason() async throws {
        let error = await #expect(throws: RegistryError.self) {
            try await Self.serving("columns-numbers-double", .init(.shadow)) { _, _, _ in }
        }
        #expect(error?.kind == .incompatible)
        #expect(error?.message.contains("the output 'probabilities' has another form") == true)
    }
}
