import SlipwayData

/// Builds JSON Schemas, as OpenAPI 3.1 holds them.
enum OpenAPISchema {
    static let text: JSONObject = ["type": "string"]
    static let number: JSONObject = ["type": "number"]
    static let numberOrNull: JSONObject = ["type": .array(["number", "null"])]
    static let truth: JSONObject = ["type": "boolean"]
    /// Whatever a cell of a table may be.
    static let cell: JSONObject = ["type": .array(["string", "number", "boolean", "null"])]

    /// A whole number that is not negative.
    static let count: JSONObject = ["type": "integer", "minimum": .integer(0)]

    /// A schema with a description.
    static func described(_ schema: JSONObject, _ words: String) -> JSONObject {
        var schema = schema
        schema["description"] = .string(words)
        return schema
    }

    /// An object; all members are required unless others are named.
    static func object(
        _ properties: KeyValuePairs<String, JSONObject>, required: [String]? = nil, isClosed: Bool = false
    ) -> JSONObject {
        object(properties.map { ($0.key, $0.value) }, required: required, isClosed: isClosed)
    }

    /// An object whose members are computed.
    static func object(
        _ properties: [(name: String, schema: JSONObject)], required: [String]? = nil, isClosed: Bool = false
    ) -> JSONObject {
        let required = required ?? properties.map(\.name)
        var schema: JSONObject = ["type": "object"]
        if !required.isEmpty { schema["required"] = .array(required.map(JSONValue.string)) }
        schema["properties"] = .object(
            JSONObject(properties.map { (name: $0.name, value: JSONValue.object($0.schema)) }))
        if isClosed { schema["additionalProperties"] = .boolean(false) }
        return schema
    }

    /// A list.
    static func list(of items: JSONObject, minimum: Int? = nil, maximum: Int? = nil) -> JSONObject {
        var schema: JSONObject = ["type": "array", "items": .object(items)]
        schema["minItems"] = minimum.map { .integer(Int64($0)) }
        schema["maxItems"] = maximum.map { .integer(Int64($0)) }
        return schema
    }

    /// One of several schemas.
    static func either(_ schemas: [JSONObject]) -> JSONObject {
        schemas.count == 1 ? schemas[0] : ["anyOf": .array(schemas.map(JSONValue.object))]
    }

    /// One of a few texts.
    static func oneOf(_ names: some Sequence<String>) -> JSONObject {
        ["type": "string", "enum": .array(names.map(JSONValue.string))]
    }

    /// A schema that stands among the components.
    static func reference(to name: String) -> JSONObject { ["$ref": .string("#/components/schemas/\(name)")] }
}
