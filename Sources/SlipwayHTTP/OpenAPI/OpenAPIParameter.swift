import SlipwayData

/// A parameter of an operation.
struct OpenAPIParameter: Sendable {
    /// Where a parameter stands.
    enum Place: String {
        case path, query, header
    }

    var name: String
    var place: Place
    var isRequired = false
    var schema: JSONObject
    var description: String?
    var example: JSONValue?

    var json: JSONValue {
        var members: JSONObject = [
            "name": .string(name), "in": .string(place.rawValue),
            "required": .boolean(isRequired || place == .path), "schema": .object(schema),
        ]
        members["description"] = description.map(JSONValue.string)
        members["example"] = example
        return .object(members)
    }
}
