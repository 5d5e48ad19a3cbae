import Foundation
import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

@Suite(.serialized) struct PredictionRoutesTests {
    @Test func oneRecordIsAnsweredAsTheReferenceImplementationDoes() async throws {
        try await TestServer.ready { server, _ in
            let answer = try await server.post("/models/churn/predict", Rows.record)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            #expect(answer["model"] == "churn")
            #expect(answer["version"] == .integer(1))
            #expect(answer["prediction"] == "Yes")
            let probability = try #require(answer.probability(of: "Yes"))
            #expect(abs(probability - Rows.reference.logistic) < 1e-5)
        }
    }

    @Test(arguments: ["[%]", "{\"records\":[%]}"])
    func manyRecordsAreAnsweredInTheirOrder(form: String) async throws {
        try await TestServer.ready { server, _ in
            let other = Rows.record.replacing("month", with: "two years")
            let body = form.replacing("%", with: "\(Rows.record),\(other),\(Rows.record)")
            let answer = try await server.post("/models/churn/predict", body)
            #expect(answer.status == 200)
            #expect(answer["version"] == .integer(1))
            guard case .array(let answers)? = answer["predictions"] else { throw Absent() }
            #expect(answers.count == 3)
            #expect(answers[0]["probabilities"] == answers[2]["probabilities"])
            #expect(answers[0]["probabilities"] != answers[1]["probabilities"])
            #expect(Set(answers.compactMap { $0["id"]?.text }).count == 3)
        }
    }

    @Test func featuresAreLookedUpByKey() async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.get("/models/churn/predict?customer_id=1")
            #expect(answer.status == 200)
            let probability = try #require(answer.probability(of: "Yes"))
            #expect(abs(probability - Rows.customerReference) < 1e-5)
            #expect(try project.predictions(of: "churn").map(\.key) == ["1"])
            let posted = try await server.post("/models/churn/predict", #"{"customer_id":"1"}"#)
            #expect(posted["probabilities"] == answer["probabilities"])
        }
    }

    @Test func aFieldThatIsGivenWinsOverTheStoredOne() async throws {
        try await TestServer.ready { server, project in
            let record = #"{"customer_id":1,"contract":"month","age":null}"#
            let answer = try await server.post("/models/churn/predict", record)
            #expect(answer.status == 200)
            let logged = try #require(try project.predictions(of: "churn").first)
            #expect(logged.inputs["contract"] == "month")
            #expect(logged.inputs["age"] == .null)
            #expect(logged.inputs["region"] == "south")
        }
    }

    @Test(arguments: ["null", "\"NaN\""])
    func nullAndTheTextNaNAreMissing(missing: String) async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.post(
                "/models/churn/predict", Rows.record.replacing("64.49103", with: missing))
            #expect(answer.status == 200)
            #expect(try project.predictions(of: "churn").first?.inputs["age"] == .null)
        }
    }

    @Test func aCompleteRecordNeedsNoStoredRow() async throws {
        try await TestServer.ready { server, project in
            let record = Rows.record.replacing("{", with: "{\"customer_id\":77,")
            let withoutAge = #"{"customer_id":77,"income":20,"contract":"month","region":"north"}"#
            let answers = [
                try await server.post("/models/churn/predict", record),
                try await server.post("/models/churn/predict", withoutAge),
            ]
            #expect(answers.map(\.status) == [200, 200])
            #expect(try project.predictions(of: "churn").map(\.key) == ["77", "77"])
        }
    }

    @Test func feedbackIsKeptByIdAndByKey() async throws {
        try await TestServer.ready { server, project in
            let id = try #require(try await server.post("/models/churn/predict", Rows.record)["id"]?.asValue?.text)
            let one = try await server.post("/models/churn/feedback", #"{"id":"\#(id)","actual":"Yes"}"#)
            #expect(one.status == 200)
            #expect(one["accepted"] == .integer(1))
            let body = #"[{"customer_id":1,"left":"No"},{"key":2,"actual":"Yes"}]"#
            #expect(try await server.post("/models/churn/feedback", body)["accepted"] == .integer(2))
            let kept = try project.feedback(of: "churn")
            #expect(kept.map(\.actual.text) == ["Yes", "No", "Yes"])
            #expect(kept.map(\.subject).dropFirst() == [.key("1"), .key("2")])
        }
    }

    @Test(arguments: [
        (#"{"actual":"Yes"}"#, "id"), (#"{"id":"x","actual":"Yes"}"#, "id"), (#"{"key":"1","actual":null}"#, "actual"),
        (#"[{"key":"1","actual":[]}]"#, "actual"), (#"{"key":"1","actual":1,"when":2}"#, "when"),
        (#"{"key":"1","actual":"No","time":"soon"}"#, "time"),
    ])
    func feedbackThatSaysNothingIsRefusedByField(body: String, field: String) async throws {
        try await TestServer.ready { server, project in
            let answer = try await server.post("/models/churn/feedback", body)
            #expect(answer.status == 400)
            #expect(answer.error?.code == "malformed")
            #expect(answer.error?.field == field)
            #expect(try project.feedback(of: "churn").isEmpty)
        }
    }

    @Test func feedbackOfAnotherClassIsRefused() async throws {
        try await TestServer.ready { server, project in
            let body = #"[{"key":"1","actual":"Yes"},{"key":"2","actual":"yes"}]"#
            let answer = try await server.post("/models/churn/feedback", body)
            #expect(answer.status == 422)
            #expect(answer.error?.code == "signature_mismatch")
            #expect(answer.error?.field == "actual")
            #expect(answer.error?.hint == "Did you mean 'Yes'?")
            #expect(try project.feedback(of: "churn").isEmpty)
        }
    }

    @Test func everyAnsweredPredictionIsInTheLogBeforeItsAnswer() async throws {
        try await TestServer.ready { server, project in
            for round in 1...20 {
                let answer = try await server.post("/models/churn/predict", "[\(Rows.record),\(Rows.record)]")
                guard case .array(let answers)? = answer["predictions"] else { throw Absent() }
                let logged = try project.predictions(of: "churn")
                #expect(logged.count == 2 * round)
                #expect(logged.suffix(2).map(\.id.description) == answers.compactMap { $0["id"]?.asValue?.text })
                #expect(logged.suffix(2).map(\.row) == [0, 1])
                #expect(logged.allSatisfy { $0.version == 1 && $0.latencyMicroseconds > 0 })
            }
        }
    }

    @Test func aRefusedBatchLeavesNothingInTheLog() async throws {
        try await TestServer.ready { server, project in
            let bad = Rows.record.replacing("month", with: "decade")
            let answer = try await server.post("/models/churn/predict", "[\(Rows.record),\(bad)]")
            #expect(answer.status == 422)
            #expect(answer.error?.field == "contract")
            #expect(answer.error?.message.hasPrefix("record 2: ") == true)
            #expect(try project.predictions(of: "churn").isEmpty)
        }
    }

    @Test func tenThousandRowsAreAnsweredAndOneMoreIsNot() async throws {
        try await TestServer.ready { server, project in
            let rows = Array(repeating: Rows.record, count: ServingLimits().rowCountMax).joined(separator: ",")
            #expect(try await server.post("/models/churn/predict", "[\(rows)]").status == 200)
            let answer = try await server.post("/models/churn/predict", "[\(rows),\(Rows.record)]")
            #expect(answer.status == 413)
            #expect(answer.error?.code == "too_large")
            #expect(try project.predictions(of: "churn").count == ServingLimits().rowCountMax)
        }
    }

    @Test func scoresThatAreNoProbabilitiesAreNotCalledSo() async throws {
        let project = try await TestProject.ready()
        try project.promote(try project.push("linear-svc", as: "margin"))
        let expected = try Fixtures.engine("linear-svc")
        let tensor = try #require(expected.outputs.last).tensor
        try await TestServer.serving(project) { server in
            let signature = try #require(server.models["margin"]).model.signature
            let input = try #require(expected.inputs.first?.value)
            var record = JSONObject()
            for (index, field) in signature.inputs.enumerated() {
                record[field.name] = JSONValue(input.value(at: index))
            }
            let answer = try await server.post("/models/margin/predict", JSONValue.object(record).text)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["probabilities"] == nil)
            guard case .object(let scores)? = answer["scores"] else { throw Absent() }
            #expect(scores.members.count == signature.task.classes.count)
            let first = try #require(scores.members.first?.value.asValue?.asNumber)
            #expect(abs(first - (tensor.value(at: 0).asNumber ?? .nan)) < 1e-4)
            let schemas = try await server.get("/openapi.json")["components"]?["schemas"]
            let described = schemas?["margin_prediction"]?["properties"]
            #expect(described?["scores"] != nil && described?["probabilities"] == nil)
        }
    }

    @Test func aModelWithoutClassesAnswersItsOutputsByName() async throws {
        try await TestServer.ready { server, _ in
            let expected = try Fixtures.engine("tree-classifier")
            let body = #"{"X_0":-1.9410608,"X_1":-0.500959,"X_2":1.9917002,"X_3":0.020334182}"#
            let answer = try await server.post("/models/bare/predict", body)
            #expect(answer.status == 200)
            #expect(answer["prediction"]?.asValue == expected.outputs[0].tensor.value(at: 0))
        }
    }
}

/// A part of an answer that is not there.
struct Absent: Error {}
