import Foundation
import HTTPTypes
import Logging
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

    @Test func everyRouteIsDescribedAndEveryDescriptionIsARoute() throws {
        func text(_ path: String, _ method: HTTPRequest.Method) -> String { "\(method) \(path)" }
        let project = try TestProject()
        let service = PredictionService(
            models: ServedModels(), metrics: ServingMetrics(), features: project.features,
            logs: ServingLogs(folder: project.logFolder, environment: TestProject.environment))
        let application = ServingApplication(
            service: service, configuration: .init(serverVersion: "1"), logger: Logger(label: "none"))
        let routes = application.routes.map { text($0.path, $0.method) }
        let described = OpenAPIRoute.all.map { text($0.path, $0.method) }
        #expect(routes.sorted() == described.sorted())
        let names = OpenAPIRoute.all.map(\.name)
        for route in OpenAPIRoute.all {
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
