import Foundation
import SlipwayAccess
import SlipwayData
import SlipwayFeatures
import SlipwayServing
import SlipwayServingTesting
import Testing

@Suite(.serialized) struct StoredPredictionTests {
    private static let view = "churn_scores"

    /// Serves a project with stored predictions of `churn`, those of the second customer made long ago.
    private static func serving(
        _ use: FeatureUse = FeatureUse(), hiding hidden: Set<String> = [],
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let project = try await TestProject.ready()
        let rows = try Table(columns: [
            Column(name: "customer_id", values: .integers([1, 2])),
            Column(name: "label", values: .strings(["Yes", "No"])),
            Column(name: "score", values: .numbers([0.75, .nan])),
            Column(name: "model_version", values: .integers([3, 2])),
            Column(name: "scored_at", values: .strings([Timestamp.now().description, "2020-01-01T00:00:00Z"])),
        ])
        let view = FeatureView(name: Self.view, source: "warehouse", query: "all", key: "customer_id")
        try await project.features.activate(
            try await project.features.stage(rows, for: view, replicatedAt: .now()))
        var use = use
        use.timeColumn = StoredPredictionView.timeColumn
        var binding = try #require(TestProject.bindings["churn"])
        binding.storedPredictions = StoredPredictionView(
            name: view.name, key: "customer_id", use: use, hiddenColumns: hidden)
        try await TestServer.serving(project, bindings: ["churn": binding], body)
    }

    @Test func theAnswerOfABatchIsGivenWithTheVersionAndTheTimeThatMadeIt() async throws {
        try await Self.serving { server in
            let answer = try await server.get("/models/churn/predictions/2")
            #expect(answer.status == 200)
            #expect(
                answer.text.trimmingCharacters(in: .newlines) == """
                    {"model":"churn","key":2,"version":2,"scored_at":"2020-01-01T00:00:00Z",\
                    "answer":{"label":"No","score":null}}
                    """)
            #expect(try await server.get("/models/churn")["stored_predictions"] == .string(Self.view))
            let metrics = try await server.get("/metrics").text
            #expect(metrics.contains(#"slipway_stored_predictions_total{model="churn",outcome="found"} 1"#))
        }
    }

    @Test(arguments: ["3", "002", "2.0", "%32%00", "a%2Fb", "%FF", "''%20or%201=1"])
    func aKeyThatNothingIsStoredForIsNotFound(key: String) async throws {
        try await Self.serving { server in
            let answer = try await server.get("/models/churn/predictions/\(key)")
            #expect(answer.status == 404)
            #expect(try answer.json["error"]?["code"] == "unknown_key")
        }
    }

    @Test func anAnswerIsAsOldAsItsOwnTimeAndSaysSo() async throws {
        try await Self.serving(FeatureUse(ageMax: .seconds(86_400))) { server in
            #expect(try await server.get("/models/churn/predictions/1").json["stale"] == nil)
            let old = try await server.get("/models/churn/predictions/2")
            #expect(old.status == 200)
            #expect(try old.json["stale"] == .boolean(true))
        }
    }

    @Test func anOldAnswerIsRefusedWhereTheProjectSaysSo() async throws {
        try await Self.serving(FeatureUse(ageMax: .seconds(86_400), staleness: .refuse)) { server in
            #expect(try await server.get("/models/churn/predictions/1").status == 200)
            let old = try await server.get("/models/churn/predictions/2")
            #expect(old.status == 503)
            #expect(try old.json["error"]?["code"] == "features_unavailable")
        }
    }

    @Test func aModelWithoutStoredPredictionsHasNoSuchRoute() async throws {
        try await Self.serving { server in
            for path in ["/models/bare/predictions/1", "/models/none/predictions/1"] {
                let answer = try await server.get(path)
                #expect(answer.status == 404)
                #expect(
                    try answer.json["error"]?["code"] == (path.contains("bare") ? "unknown_route" : "unknown_model"))
            }
            #expect(try await server.post("/models/churn/predictions/1", "{}").status == 405)
        }
    }

    @Test func theDocumentDescribesThemWhereThereAreSome() async throws {
        try await Self.serving { server in
            let paths = try await server.get("/openapi.json")["paths"]
            let operation = paths?["/models/churn/predictions/{key}"]?["get"]
            #expect(operation?["responses"]?["404"] != nil && operation?["responses"]?["503"] != nil)
            guard case .array(let parameters)? = operation?["parameters"] else { throw POSIXError(.EINVAL) }
            #expect(parameters.first?["name"] == "key")
            #expect(paths?["/models/bare/predictions/{key}"] == nil)
        }
    }

    @Test func aColumnThatItsSourceKeepsEncryptedIsNotShown() async throws {
        try await Self.serving(hiding: ["score"]) { server in
            let answer = try await server.get("/models/churn/predictions/1")
            #expect(try answer.json["answer"] == .object(["label": "Yes"]))
        }
    }

    @Test func statedFeaturesAreNoStoredPrediction() async throws {
        let project = try await TestProject.ready()
        var binding = try #require(TestProject.bindings["churn"])
        binding.storedPredictions = StoredPredictionView(
            name: "absent", key: "customer_id", use: FeatureUse(onFailure: .defaults(["label": .string("No")])))
        try await TestServer.serving(project, bindings: ["churn": binding]) { server in
            let answer = try await server.get("/models/churn/predictions/1")
            #expect(answer.status == 503)
            #expect(try answer.json["error"]?["code"] == "features_unavailable")
        }
    }
}
