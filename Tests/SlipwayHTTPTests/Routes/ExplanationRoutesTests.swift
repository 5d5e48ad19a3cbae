import Dispatch
import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

@Suite(.serialized) struct ExplanationRoutesTests {
    @Test func reasonsAreGivenOnlyWhenTheyAreAskedFor() async throws {
        try await TestServer.ready { server, _ in
            let plain = try await server.post("/models/churn/predict", Rows.record)
            #expect(plain["explanation"] == nil)
            let explained = try await server.post("/models/churn/predict?explain=2", Rows.record)
            #expect(explained.status == 200)
            #expect(explained["probabilities"] == plain["probabilities"])
            let explanation = try #require(explained["explanation"])
            #expect(explanation["method"] == "linear_shap")
            #expect(explanation["background"] == "examples")
            #expect(explanation["space"] == "log_odds")
            #expect(explanation["class"] == "Yes")
            guard case .array(let reasons)? = explanation["reasons"] else { throw Absent() }
            #expect(reasons.count == 2)
            #expect(reasons.allSatisfy { $0["text"]?.asValue?.text.contains("the log-odds of 'Yes' by") == true })
        }
    }

    @Test func theReasonsAndTheRestSumToTheLogOddsOfTheAnswer() async throws {
        try await TestServer.ready { server, project in
            for version in ["churn@1", "churn@2"] {
                try project.promote(try project.version(version))
                #expect(try await server.answers("churn", with: version.hasSuffix("1") ? 1 : 2))
                let answer = try await server.post("/models/churn/predict?explain=3", Rows.record)
                let explanation = try #require(answer["explanation"])
                func number(_ value: JSONValue?) throws -> Double { try #require(value?.asValue?.asNumber) }
                guard case .array(let reasons)? = explanation["reasons"] else { throw Absent() }
                let parts = try reasons.map { try number($0["contribution"]) }
                let score = try number(explanation["base"]) + number(explanation["rest"]) + parts.reduce(0, +)
                #expect(abs(score - (try number(explanation["score"]))) <= 1e-9 * max(1, abs(score)))
                let probability = try #require(answer.probability(of: "Yes"))
                #expect(abs(1 / (1 + exp(-score)) - probability) <= 1e-5)
                #expect(explanation["method"] == (version.hasSuffix("1") ? "linear_shap" : "tree_shap"))
            }
        }
    }

    @Test func eachOfManyRecordsHasReasonsOfItsOwn() async throws {
        try await TestServer.ready { server, _ in
            let other = Rows.record.replacing("month", with: "two years")
            let answer = try await server.post("/models/churn/predict?explain=1", "[\(Rows.record),\(other)]")
            guard case .array(let answers)? = answer["predictions"] else { throw Absent() }
            let scores = answers.map { $0["explanation"]?["score"] }
            #expect(scores.count == 2 && scores[0] != nil && scores[0] != scores[1])
        }
    }

    @Test func whatIsLookedUpIsExplainedAsWell() async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.get("/models/churn/predict?customer_id=1&explain=100")
            #expect(answer.status == 200)
            guard case .array(let reasons)? = answer["explanation"]?["reasons"] else { throw Absent() }
            #expect(reasons.count == 4)
            #expect(answer["explanation"]?["rest"]?.asValue?.asNumber == 0)
        }
    }

    @Test(arguments: ["0", "101", "three", "", "-1", "1.5", "3&explain=3"])
    func anotherCountIsRefused(_ count: String) async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.post("/models/churn/predict?explain=\(count)", Rows.record)
            #expect(answer.status == 400)
            #expect(answer.error?.code == "malformed")
            #expect(answer.error?.field == "explain")
            #expect(try project.predictions(of: "churn").isEmpty)
        }
    }

    @Test func moreRowsThanTheLimitAreRefused() async throws {
        try await TestServer.ready { server, project in
            let rows = repeatElement(Rows.record, count: PredictionService.explainedRowCountMax + 1)
            let answer = try await server.post(
                "/models/churn/predict?explain=1", "[\(rows.joined(separator: ","))]")
            #expect(answer.status == 413)
            #expect(answer.error?.code == "too_large")
            #expect(try project.predictions(of: "churn").isEmpty)
        }
    }

    @Test func aModelWithNothingToCompareWithSaysSoAndLogsNothing() async throws {
        try await TestServer.ready { server, project in
            let record = #"{"X_0":1,"X_1":2,"X_2":3,"X_3":4}"#
            for _ in 0..<2 {
                let answer = try await server.post("/models/bare/predict?explain=1", record)
                #expect(answer.status == 422)
                #expect(answer.error?.code == "not_explainable")
                #expect(answer.error?.hint == "Push the model with examples.")
            }
            #expect(try project.predictions(of: "bare").isEmpty)
            #expect(try await server.post("/models/bare/predict", record).status == 200)
        }
    }

    @Test func manyRequestsAtOnceAreAllExplainedAlike() async throws {
        try await TestServer.ready { server, _ in
            let answers = try await withThrowingTaskGroup(of: Answer.self) { tasks in
                for _ in 0..<24 {
                    tasks.addTask { try await server.post("/models/churn/predict?explain=4", Rows.record) }
                }
                return try await tasks.reduce(into: [Answer]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 })
            #expect(Set(answers.compactMap { $0["explanation"]?.text }).count == 1)
        }
    }

    @Test func theDocumentTellsOfTheParameterAndTheAnswer() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            for method in ["post", "get"] {
                guard
                    case .array(let parameters)? = document["paths"]?["/models/churn/predict"]?[method]?["parameters"]
                else { throw Absent() }
                let explain = try #require(parameters.first { $0["name"] == "explain" })
                #expect(explain["required"] == .boolean(false))
                #expect(explain["schema"]?["maximum"] == .integer(Int64(PredictionService.reasonCountMax)))
            }
            let schemas = document["components"]?["schemas"]
            let reference = schemas?["churn_prediction"]?["properties"]?["explanation"]?["$ref"]
            #expect(reference == "#/components/schemas/Explanation")
            let answer = try await server.post("/models/churn/predict?explain=1", Rows.record)
            guard case .object(let given)? = answer["explanation"],
                case .object(let described)? = schemas?["Explanation"]?["properties"]
            else { throw Absent() }
            // What is exact has nothing to excuse.
            #expect(Set(given.members.map(\.name) + ["why"]) == Set(described.members.map(\.name)))
        }
    }

    @Test func anEstimateSaysWhyItIsNotExact() async throws {
        let project = try await TestProject.ready()
        let numbers = try Table(
            columns: ["X_0", "X_1", "X_2", "X_3"].enumerated().map { place, name in
                Column(name: name, values: .numbers((0..<20).map { Double(($0 * (place + 3)) % 7) }))
            } + [Column(name: "left", values: .integers((0..<20).map { $0 % 2 }))])
        try project.promote(try project.push("mlp-classifier-binary", as: "network", examples: numbers))
        try await TestServer.serving(project) { server in
            let answer = try await server.post(
                "/models/network/predict?explain=1", #"{"X_0":1,"X_1":2,"X_2":3,"X_3":4}"#)
            #expect(answer["explanation"]?["method"] == "permutation_sampling")
            #expect(answer["explanation"]?["why"] == "'MatMul' reads columns that are not each made of one field")
        }
    }

    @Test func moreRequestsThanMayWaitAreToldToComeAgainAndTheOthersAreAnswered() async throws {
        let project = try await TestProject.ready()
        let (waiting, refused) = (5, 3)
        let gate = DispatchSemaphore(value: 0)
        var limits = ServingLimits()
        limits.waitingExplanationCountMax = waiting
        try await TestServer.serving(
            project, limits: limits,
            explaining: { package, model in
                gate.wait()
                return try Explainers.explainer(of: package, model: model)
            },
            { server in
                try await withThrowingTaskGroup(of: Answer.self) { tasks in
                    for _ in 0..<waiting + refused {
                        tasks.addTask { try await server.post("/models/churn/predict?explain=1", Rows.record) }
                    }
                    // Nothing is explained before the gate opens, so that the first answers are the refusals.
                    for _ in 0..<refused {
                        let answer = try #require(try await tasks.next())
                        #expect(answer.status == 503)
                        #expect(answer.error?.code == "busy")
                        #expect(answer.error?.message == "\(waiting) requests wait for explanations already")
                        #expect(answer.header("Retry-After") == "1")
                    }
                    let plain = try await server.post("/models/churn/predict", Rows.record)
                    #expect(plain.status == 200)
                    #expect(try project.predictions(of: "churn").count == 1)
                    gate.signal()
                    for _ in 0..<waiting { #expect(try await tasks.next()?.status == 200) }
                }
            })
        #expect(try project.predictions(of: "churn").count == 1 + waiting)
    }
}
