import SlipwayData
import SlipwayServing

/// The OpenAPI 3.1 document of a server, with the real fields of the models that it serves.
struct OpenAPIDocument {
    let models: [ServedModel]
    let serverVersion: String
    /// Whether callers have to prove who they are.
    var asksForKeys = false

    var json: JSONValue {
        let models = models.map(OpenAPIModel.init)
        var paths = JSONObject()
        for route in ServedRoute.all { route.add(to: &paths, models, asksForKeys: asksForKeys) }
        var schemas: JSONObject = [
            OpenAPIExplanation.name: .object(OpenAPIExplanation.schema),
            OpenAPIChallenger.name: .object(OpenAPIChallenger.schema),
            OpenAPIChallenger.reportName: .object(OpenAPIChallenger.reportSchema),
        ]
        for (name, schema) in ErrorShape.allCases.compactMap(\.component) { schemas[name] = .object(schema) }
        for model in models {
            for (name, schema) in model.schemas { schemas[name] = .object(schema) }
        }
        var components: JSONObject = ["schemas": .object(schemas), "headers": .object(OpenAPIHeader.components)]
        var document: JSONObject = [
            "openapi": "3.1.0",
            "info": .object([
                "title": "Slipway", "version": .string(serverVersion),
                "description": "Predictions of the models that this server serves, by the protocols that callers know.",
            ]),
            "tags": .array(ServedRoute.Tag.allCases.map { .object(["name": .string($0.rawValue)]) }),
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
        "bearer": .object(["type": "http", "scheme": "bearer", "description": "A key (slw_…) or a token."]),
        "key": .object(["type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A key (slw_…)."]),
    ]
}
