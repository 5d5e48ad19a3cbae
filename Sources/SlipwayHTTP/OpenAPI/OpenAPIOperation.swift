import SlipwayData

/// One operation of an OpenAPI document.
struct OpenAPIOperation {
    /// The name that client generators give to the function.
    var name: String
    var summary: String
    /// A required parameter of the query, if there is one.
    var queryParameter: String?
    /// Parameters of the query that may be left out.
    var optionalParameters: [JSONObject] = []
    /// The schema of the body, if there is one.
    var body: JSONObject?
    /// The schema of the answer.
    var answer: JSONObject = ["type": "object"]
    var answerType = "application/json"
    var speaksInferenceProtocol = false

    var json: JSONValue {
        let error = speaksInferenceProtocol ? "InferenceError" : "Error"
        var operation: JSONObject = ["operationId": .string(name), "summary": .string(summary)]
        var parameters = optionalParameters
        if let queryParameter {
            parameters.insert(
                [
                    "name": .string(queryParameter), "in": "query", "required": .boolean(true),
                    "schema": .object(["type": "string", "minLength": .integer(1)]),
                ], at: 0)
        }
        if !parameters.isEmpty { operation["parameters"] = .array(parameters.map(JSONValue.object)) }
        if let body {
            operation["requestBody"] = .object([
                "required": .boolean(true), "content": Self.content("application/json", body),
            ])
        }
        let schema: JSONObject = answerType == "application/json" ? answer : ["type": "string"]
        operation["responses"] = .object([
            "200": .object(["description": "The answer.", "content": Self.content(answerType, schema)]),
            "default": .object([
                "description": "The request was refused; the error says why.",
                "content": Self.content("application/json", Self.reference(to: error)),
            ]),
        ])
        return .object(operation)
    }

    /// A schema that stands among the components.
    static func reference(to schema: String) -> JSONObject {
        ["$ref": .string("#/components/schemas/\(schema)")]
    }

    private static func content(_ type: String, _ schema: JSONObject) -> JSONValue {
        .object([type: .object(["schema": .object(schema)])])
    }
}
