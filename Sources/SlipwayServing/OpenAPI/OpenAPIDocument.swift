import SlipwayData
import SlipwayModel

/// The OpenAPI 3.1 document of a server, with the real fields of the models that it serves.
struct OpenAPIDocument {
    let models: [ServedModel]
    let serverVersion: String

    var json: JSONValue {
        var paths = JSONObject()
        for served in models {
            let root = "/models/\(served.name)"
            paths["\(root)/predict"] = .object(predict(served))
            paths["\(root)/feedback"] = .object(["post": feedback(served)])
            paths[root] = .object(["get": Self.operation("Describe \(served.name)", answer: ["type": "object"])])
            paths["/v2\(root)/infer"] = .object([
                "post": Self.operation(
                    "Infer with \(served.name) by the Open Inference Protocol V2", answer: ["type": "object"],
                    body: ["type": "object", "required": .array(["inputs"])])
            ])
        }
        for (path, summary) in Self.fixedRoutes {
            paths[path] = .object(["get": Self.operation(summary, answer: ["type": "object"])])
        }
        return .object([
            "openapi": "3.1.0",
            "info": .object(["title": "Slipway", "version": .string(serverVersion)]),
            "paths": .object(paths),
            "components": .object(["schemas": .object(schemas)]),
        ])
    }

    private static let fixedRoutes = [
        ("/models", "List the models served"), ("/health/live", "Say whether the server runs"),
        ("/health/ready", "Say whether the server answers"), ("/v2", "Describe the server"),
        ("/v2/health/live", "Say whether the server runs"), ("/v2/health/ready", "Say whether the server answers"),
    ]

    private var schemas: JSONObject {
        var schemas: JSONObject = [
            "Error": .object([
                "type": "object", "required": .array(["error"]),
                "properties": .object([
                    "error": .object([
                        "type": "object", "required": .array(["code", "message"]),
                        "properties": .object([
                            "code": .object([
                                "type": "string",
                                "enum": .array(ServingError.Code.allCases.map { .string($0.rawValue) }),
                            ]),
                            "message": .object(["type": "string"]), "field": .object(["type": "string"]),
                            "hint": .object(["type": "string"]),
                        ]),
                    ])
                ]),
            ])
        ]
        for served in models { schemas["\(served.name)_record"] = .object(record(served)) }
        return schemas
    }

    private func record(_ served: ServedModel) -> JSONObject {
        let inputs = served.model.signature.inputs
        var properties = JSONObject(inputs.map { (name: $0.name, value: .object(Self.schema(of: $0))) })
        var required = inputs.filter { $0.isRequired && $0.defaultValue == nil }.map { JSONValue.string($0.name) }
        if let key = served.binding.key, properties[key] == nil {
            properties[key] = .object(["description": "The entity; missing fields are looked up by it."])
            // With a key, stored features stand in for fields that are not sent.
            if served.binding.featureView != nil { required = [] }
        }
        return [
            "type": "object", "properties": .object(properties), "required": .array(required),
            "additionalProperties": .boolean(false),
        ]
    }

    private static func schema(of field: InputField) -> JSONObject {
        let type = JSONValue.string(field.type.rawValue)
        var schema: JSONObject = ["type": field.isRequired ? type : .array([type, "null"])]
        schema["minimum"] = field.minimum.map { JSONValue.number($0) }
        schema["maximum"] = field.maximum.map { JSONValue.number($0) }
        if let categories = field.categories {
            schema["enum"] = .array(categories.map { JSONValue($0) } + (field.isRequired ? [] : [.null]))
        }
        schema["default"] = field.defaultValue.map { JSONValue($0) }
        let words = [field.meaning, field.unit.map { "in \($0)" }].compactMap { $0 }.joined(separator: ", ")
        if !words.isEmpty { schema["description"] = .string(words) }
        return schema
    }

    private func predict(_ served: ServedModel) -> JSONObject {
        let name = served.name
        let record = JSONValue.object(["$ref": .string("#/components/schemas/\(name)_record")])
        let records = JSONValue.object([
            "type": "array", "items": record, "minItems": .integer(1),
            "maxItems": .integer(Int64(PredictionService.rowCountMax)),
        ])
        let body: JSONObject = [
            "oneOf": .array([
                record, records, .object(["type": "object", "required": .array(["records"]), "properties": .object(["records": records])]),
            ])
        ]
        var operations: JSONObject = ["post": Self.operation("Predict with \(name)", answer: answer(served), body: body)]
        if let key = served.binding.key, served.binding.featureView != nil {
            var get = JSONObject([
                ("parameters", .array([
                    .object([
                        "name": .string(key), "in": "query", "required": .boolean(true), "schema": .object(["type": "string"]),
                    ])
                ]))
            ])
            if case .object(let operation) = Self.operation(
                "Predict with \(name), features looked up by key", answer: answer(served))
            {
                for member in operation.members { get[member.name] = member.value }
            }
            operations["get"] = .object(get)
        }
        return operations
    }

    private func answer(_ served: ServedModel) -> JSONObject {
        var properties: JSONObject = [
            "id": .object(["type": "string"]), "model": .object(["type": "string"]),
            "version": .object(["type": "integer"]),
        ]
        let task = served.model.signature.task
        if task.kind == .other {
            properties["outputs"] = .object(["type": "object"])
        } else {
            properties["prediction"] = .object([:])
            let classes = task.classes.map { (name: $0, value: JSONValue.object(["type": "number"])) }
            if !classes.isEmpty {
                properties["probabilities"] = .object(["type": "object", "properties": .object(JSONObject(classes))])
            }
        }
        return ["type": "object", "properties": .object(properties)]
    }

    private func feedback(_ served: ServedModel) -> JSONValue {
        let outcome: JSONObject = [
            "type": "object", "required": .array(["actual"]),
            "properties": .object([
                "id": .object(["type": "string"]), served.binding.key ?? "key": .object([:]), "actual": .object([:]),
            ]),
        ]
        let body: JSONObject = [
            "oneOf": .array([.object(outcome), .object(["type": "array", "items": .object(outcome)])])
        ]
        return Self.operation(
            "Feed back what \(served.name) should have predicted",
            answer: ["type": "object", "properties": .object(["accepted": .object(["type": "integer"])])], body: body)
    }

    private static func operation(_ summary: String, answer: JSONObject, body: JSONObject? = nil) -> JSONValue {
        func content(_ schema: JSONValue) -> JSONValue {
            .object(["application/json": .object(["schema": schema])])
        }
        let refusal = JSONValue.object([
            "description": "The request was refused; the error says why.",
            "content": content(.object(["$ref": "#/components/schemas/Error"])),
        ])
        var operation: JSONObject = ["summary": .string(summary)]
        if let body {
            operation["requestBody"] = .object(["required": .boolean(true), "content": content(.object(body))])
        }
        operation["responses"] = .object([
            "200": .object(["description": "The answer.", "content": content(.object(answer))]), "default": refusal,
        ])
        return .object(operation)
    }
}
