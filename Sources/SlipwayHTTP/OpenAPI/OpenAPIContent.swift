import SlipwayData

/// A body in one media type.
struct OpenAPIContent: Sendable {
    static let jsonType = "application/json"

    var type = Self.jsonType
    /// What JSON must be like; what a body of another type is.
    var schema: JSONObject
    /// A body that a server takes or gives.
    var example: JSONValue?

    /// A JSON body.
    init(_ schema: JSONObject, example: JSONValue? = nil) {
        self.schema = schema
        self.example = example
    }

    /// A text.
    init(text type: String, example: String? = nil) {
        self.type = type
        schema = OpenAPISchema.text
        self.example = example.map(JSONValue.string)
    }

    /// A JSON head with tensors in bytes behind it.
    init(tensors description: String) { self.init(bytes: "application/octet-stream", description) }

    /// Bytes of a type that JSON Schema does not describe.
    init(bytes type: String, _ description: String) {
        self.type = type
        schema = ["description": .string(description)]
    }

    /// The content of a request or a response by media type.
    static func json(of contents: [OpenAPIContent]) -> JSONValue {
        .object(
            JSONObject(
                contents.map { content in
                    var members: JSONObject = ["schema": .object(content.schema)]
                    members["example"] = content.example
                    return (name: content.type, value: .object(members))
                }))
    }
}
