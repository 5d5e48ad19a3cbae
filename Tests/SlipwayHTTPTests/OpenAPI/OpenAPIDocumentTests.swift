import Foundation
import SlipwayData
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import Testing

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

    @Test func everyPathOfTheDocumentIsARoute() async throws {
        try await TestServer.ready { server, _ in
            let document = try await server.get("/openapi.json")
            guard case .object(let paths)? = document["paths"] else { throw Absent() }
            #expect(paths.members.count > 15)
            for (path, operations) in paths.members {
                guard case .object(let operations) = operations else { throw Absent() }
                for method in operations.members.map(\.name) {
                    let body = method == "post" ? Data("{}".utf8) : nil
                    let answer = try await server.send(method.uppercased(), path, body)
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
            guard case .array(let forms)? = body("/models/churn/feedback")?["oneOf"],
                case .array(let predictForms)? = body("/models/churn/predict")?["oneOf"]
            else { throw Absent() }
            #expect(forms[0]["properties"]?["actual"]?["enum"] == .array(["No", "Yes"]))
            #expect(forms[0]["properties"]?["left"]?["enum"] == .array(["No", "Yes"]))
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
