import Foundation
import SlipwayAccess
import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

@testable import SlipwayHTTP

@Suite(.serialized) struct OpenAPIDocumentTests {
    @Test func theDocumentDescribesTheRealFields() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            let record = document["components"]?["schemas"]?["churn_record"]
            let fields = record?["properties"]
            #expect(fields?["income"]?["type"] == "number")
            #expect(fields?["age"]?["type"] == .array(["number", "null"]))
            #expect(fields?["contract"]?["enum"] == .array(["month", "two years", "year"]))
            #expect(fields?["income"]?["maximum"]?.asValue?.asNumber == 246)
            #expect(fields?["customer_id"] != nil)
            #expect(record?["additionalProperties"] == .boolean(false))
            // Stored features stand in for what is not sent.
            #expect(record?["required"] == nil)
            let bare = document["components"]?["schemas"]?["bare_record"]
            #expect(bare?["required"] == .array(["X_0", "X_1", "X_2", "X_3"]))
        }
    }

    @Test func noNameOfAnOperationIsAnotherWithAModelBehindIt() {
        let names = ServedRoute.all.map(\.name)
        for route in ServedRoute.all {
            // A model may be called after the rest of a longer name.
            guard case .model = route.subject else { continue }
            let name = route.name
            #expect(names.filter { $0 == name || $0.hasPrefix("\(name)_") }.count == 1, "\(name)")
        }
    }

    @Test func everyExampleIsAnswered() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            var count = 0
            for (path, operation) in try Self.operations(of: document) {
                guard case .object(let contents)? = operation["requestBody"]?["content"], !path.hasSuffix("unload")
                else { continue }
                for (type, content) in contents.members {
                    guard let example = content["example"] else { continue }
                    var text = example.text
                    if case .string(let plain) = example { text = plain }
                    var called = path.replacing("{version}", with: "1").replacing("{model}", with: "churn")
                    if path == "/invocations" { called += "?model=bare" }
                    let answer = try await server.post(called, text, type: type)
                    #expect(answer.status == 200, "\(called) \(text) \(answer.text)")
                    count += 1
                }
            }
            #expect(count > 15)
        }
    }

    @Test func anOperationSaysExactlyWhatItAnswers() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            func responses(_ method: String, _ path: String) throws -> JSONObject {
                guard case .object(let responses)? = document["paths"]?[path]?[method]?["responses"] else {
                    throw Absent()
                }
                return responses
            }
            func statuses(_ method: String, _ path: String) throws -> [String] {
                try responses(method, path).members.map(\.name)
            }
            #expect(
                try statuses("post", "/models/bare/predict")
                    == ["200", "400", "404", "408", "413", "415", "422", "431", "500", "503", "504"])
            #expect(try statuses("get", "/models/churn") == ["200", "404", "431", "500", "503"])
            #expect(try statuses("get", "/health/live") == ["200"])
            #expect(try statuses("get", "/ping") == ["200", "503"])
            let refusal = try responses("post", "/models/churn/predict")["503"]
            #expect(refusal?["description"]?.asValue?.text.contains("`log_unavailable`") == true)
            #expect(refusal?["headers"]?["Retry-After"] != nil)
            func schema(_ path: String) throws -> JSONValue? {
                try responses("post", path)["400"]?["content"]?["application/json"]?["schema"]?["$ref"]
            }
            #expect(try schema("/models/churn/predict") == "#/components/schemas/Error")
            #expect(try schema("/v2/models/churn/infer") == "#/components/schemas/ErrorText")
            #expect(try schema("/v1/models/churn:predict") == "#/components/schemas/ErrorText")
            #expect(try schema("/models/churn/invocations") == "#/components/schemas/ErrorMLflow")
            let bodies = document["paths"]?["/models/churn/invocations"]?["post"]?["requestBody"]?["content"]
            #expect(bodies?["text/csv"] != nil)
        }
    }

    /// Headers that say how a message is carried or shown, of which no document speaks.
    private static let carrying: Set = [
        "content-type", "content-length", "date", "server", "cache-control", "connection", "content-security-policy",
        "x-content-type-options", "referrer-policy",
    ]

    @Test func everyHeaderOfAnAnswerIsNamed() async throws {
        let project = try await TestProject.ready()
        var limits = ServingLimits()
        limits.bodiesByteCountMax = 4_000
        try await TestServer.serving(project, limits: limits, cache: PredictionCache()) { server in
            let document = try await server.get("/openapi.json")
            let traced = [
                "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "tracestate": "rojo=1",
            ]
            let tensor = #"{"inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[1,2,3,4]}]}"#
            let large = "[\(String(repeating: " ", count: 5_000))]"
            let calls: [(method: String, path: String, called: String, body: String?, status: Int)] = [
                ("post", "/models/churn/predict", "/models/churn/predict", Rows.record, 200),
                ("post", "/models/churn/predict", "/models/churn/predict", "{", 400),
                ("post", "/models/churn/predict", "/models/churn/predict", large, 503),
                ("post", "/v2/models/bare/infer", "/v2/models/bare/infer", tensor, 200),
                ("get", "/models/churn/predict", "/models/churn/predict?customer_id=1", nil, 200),
                ("get", "/models", "/models", nil, 200), ("get", "/ping", "/ping", nil, 200),
                ("get", "/health/ready", "/health/ready", nil, 200),
                ("get", "/docs/assets/{file}", "/docs/assets/docs.css", nil, 200),
            ]
            for (method, path, called, body, status) in calls + calls {
                let answer = try await server.send(
                    method.uppercased(), called, body.map { Data($0.utf8) }, headers: traced)
                #expect(answer.status == status, "\(called) \(answer.text)")
                let response = document["paths"]?[path]?[method]?["responses"]?["\(status)"]
                guard case .object(let named)? = response?["headers"] else { throw Absent() }
                let names = Set(named.members.map { $0.name.lowercased() })
                let sent = Set(answer.headers.keys.map { $0.lowercased() })
                #expect(sent.subtracting(Self.carrying).subtracting(names) == [], "\(method) \(called)")
                #expect(sent.isSuperset(of: ["x-request-id", "traceresponse", "tracestate"]))
                guard case .object(let components)? = document["components"]?["headers"] else { throw Absent() }
                #expect(names.subtracting(components.members.map { $0.name.lowercased() }).count <= 1)
            }
            let again = try await server.post("/models/churn/predict", Rows.record)
            #expect(again.header("Slipway-Cache") == "hit")
        }
    }

    @Test func howLongACallerWaitsIsAParameterOfEveryPrediction() async throws {
        try await TestServer.ready { server, _ in
            let paths = (try await server.get("/openapi.json"))["paths"]
            func names(_ method: String, _ path: String) -> [String] {
                guard case .array(let list)? = paths?[path]?[method]?["parameters"] else { return [] }
                return list.compactMap { $0["name"]?.asValue?.text }
            }
            let predicting = [
                ("post", "/models/churn/predict"), ("get", "/models/churn/predict"), ("post", "/v2/models/bare/infer"),
                ("post", "/v1/models/bare:predict"), ("post", "/invocations"),
            ]
            for (method, path) in predicting {
                #expect(Set(names(method, path)).isSuperset(of: ["X-Request-Timeout", "X-Request-Id", "traceparent"]))
            }
            #expect(!names("get", "/models/churn").contains("X-Request-Timeout"))
        }
    }

    @Test func keysAreDocumentedWhereTheyAreAsked() async throws {
        try await KeyedServer.with { keyed in
            let secret = try await keyed.key(Scope(.view))
            let document = try await keyed.send("GET", "/openapi.json", secret)
            #expect(document["security"] != nil)
            for (path, operation) in try Self.operations(of: document) {
                let isOpen = operation["security"] == .array([])
                let answers = ["401", "403", "429"].map { operation["responses"]?[$0] != nil }
                #expect(answers == Array(repeating: !isOpen, count: 3), "\(path)")
                #expect(isOpen || operation["responses"]?["401"]?["headers"]?["WWW-Authenticate"] != nil)
            }
            let paths = document["paths"]
            #expect(paths?["/health/live"]?["get"]?["security"] == .array([]))
            #expect(paths?["/models/churn/predict"]?["post"]?["security"] == nil)
        }
    }

    private static func operations(of document: Answer) throws -> [(path: String, operation: JSONValue)] {
        guard case .object(let paths)? = document["paths"] else { throw Absent() }
        return try paths.members.flatMap { path, operations in
            guard case .object(let operations) = operations else { throw Absent() }
            return operations.members.map { (path, $0.value) }
        }
    }

    @Test func everyPathOfTheDocumentIsARoute() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            guard case .object(let paths)? = document["paths"] else { throw Absent() }
            #expect(paths.members.count > 15)
            for (path, operations) in paths.members {
                guard case .object(let operations) = operations else { throw Absent() }
                for method in operations.members.map(\.name) {
                    let body = method == "post" ? Data("{}".utf8) : nil
                    let called = path.replacing("{version}", with: "1").replacing("{model}", with: "churn")
                        .replacing("{file}", with: "docs.css")
                    let answer = try await server.send(method.uppercased(), called, body)
                    #expect(![404, 405].contains(answer.status), "\(method) \(path)")
                }
            }
        }
    }

    @Test func bodiesAreDescribedAsNarrowlyAsTheyAreRead() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            func body(_ path: String) -> JSONValue? {
                document["paths"]?[path]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]
            }
            guard case .array(let predictForms)? = body("/models/churn/predict")?["anyOf"] else { throw Absent() }
            let outcome = document["components"]?["schemas"]?["churn_outcome"]?["properties"]
            #expect(outcome?["actual"]?["enum"] == .array(["No", "Yes"]))
            #expect(outcome?["left"]?["enum"] == .array(["No", "Yes"]))
            #expect(predictForms[2]["additionalProperties"] == .boolean(false))
            let inputs = body("/v2/models/bare/infer")?["properties"]?["inputs"]
            #expect(inputs?["minItems"] == .integer(1))
            #expect(document["paths"]?["/models/bare/predict"]?["get"] == nil)
            #expect(try await server.send("DELETE", "/models/bare/predict").header("Allow") == "POST")
        }
    }

    @Test func operationsHaveNamesOfTheirOwn() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            guard case .object(let paths)? = document["paths"] else { throw Absent() }
            var names: [String] = []
            for (_, operations) in paths.members {
                guard case .object(let operations) = operations else { throw Absent() }
                names += operations.members.compactMap { $0.value["operationId"]?.asValue?.text }
            }
            #expect(names.contains("predict_churn"))
            #expect(Set(names).count == names.count)
        }
    }

    @Test(.enabled("needs the Python package openapi-spec-validator") { validatorIsThere })
    func theDocumentIsValidOpenAPI() async throws {
        try await TestServer.ready { server, project in
            let file = project.folder.path("openapi.json")
            try Data(try await server.get("/openapi.json").body).write(to: URL(filePath: file))
            #expect(try Self.python("-m", "openapi_spec_validator", file) == 0)
        }
    }

    private static let validatorIsThere = (try? python("-c", "import openapi_spec_validator")) == 0

    private static func python(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
