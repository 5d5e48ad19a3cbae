import SlipwayData
import SlipwayModel
import SlipwayServing

/// The OpenAPI 3.1 document of a server, with the real fields of the models that it serves.
struct OpenAPIDocument {
    let models: [ServedModel]
    let serverVersion: String
    /// Whether callers have to prove who they are.
    var asksForKeys = false

    var json: JSONValue {
        var paths = JSONObject()
        var schemas = Self.errors
        for served in models {
            let model = OpenAPIModel(served: served)
            for (path, operations) in model.paths.members { paths[path] = operations }
            for (name, schema) in model.schemas.members { schemas[name] = schema }
        }
        for (path, name, summary) in Self.fixedRoutes {
            let operation = OpenAPIOperation(
                name: name, summary: summary, speaksInferenceProtocol: path.hasPrefix("/v2"))
            paths[path] = .object(["get": operation.json])
        }
        let metrics = OpenAPIOperation(name: "metrics", summary: "Give figures to Prometheus", answerType: "text/plain")
        paths["/metrics"] = .object(["get": metrics.json])
        var components: JSONObject = ["schemas": .object(schemas)]
        var document: JSONObject = [
            "openapi": "3.1.0",
            "info": .object(["title": "Slipway", "version": .string(serverVersion)]),
            "paths": .object(paths),
        ]
        if asksForKeys {
            components["securitySchemes"] = .object(Self.securitySchemes)
            document["security"] = .array([.object(["bearer": .array([])]), .object(["key": .array([])])])
        }
        document["components"] = .object(components)
        return .object(document)
    }

    private static let securitySchemes: JSONObject = [
        "bearer": .object(["type": "http", "scheme": "bearer"]),
        "key": .object(["type": "apiKey", "in": "header", "name": "X-API-Key"]),
    ]

    private static let fixedRoutes = [
        ("/models", "list_models", "List the models served"),
        ("/health/live", "live", "Say whether the server runs"),
        ("/health/ready", "ready", "Say whether the server answers"),
        ("/openapi.json", "openapi", "Describe the API"),
        ("/v2", "v2_server", "Describe the server"),
        ("/v2/health/live", "v2_live", "Say whether the server runs"),
        ("/v2/health/ready", "v2_ready", "Say whether the server answers"),
    ]

    private static var errors: JSONObject {
        let text = JSONValue.object(["type": "string"])
        let codes = JSONValue.array(ServingError.Code.allCases.map { .string($0.rawValue) })
        let error = JSONValue.object([
            "type": "object", "required": .array(["code", "message"]),
            "properties": .object([
                "code": .object(["type": "string", "enum": codes]), "message": text, "field": text, "hint": text,
                "request_id": text,
            ]),
        ])
        func wrapping(_ schema: JSONValue) -> JSONValue {
            .object([
                "type": "object", "required": .array(["error"]), "properties": .object(["error": schema]),
            ])
        }
        return [
            "Error": wrapping(error), "InferenceError": wrapping(text),
            OpenAPIExplanation.name: .object(OpenAPIExplanation.schema),
        ]
    }
}
