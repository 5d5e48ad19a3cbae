import SlipwayData

/// A request of the Open Inference Protocol V2, read from JSON and checked for its own shape.
///
/// Source: the protocol's REST specification, `inference_rest.md`, 2025-05.
struct InferenceRequest {
    /// One input tensor; its data is flat and in row-major order.
    struct Input {
        var name: String
        var datatype: String
        var shape: [Int]
        var data: [JSONValue]
    }

    /// The most elements of one input.
    static let elementCountMax = 10_000_000
    /// The most dimensions of one input.
    static let rankMax = 8

    var id: String?
    var inputs: [Input]
    /// The outputs asked for; `nil` means all.
    var outputs: [String]?

    init(_ json: JSONValue) throws(ServingError) {
        guard case .object(let body) = json else {
            throw ServingError(.malformed, "the body is a \(json.kindName), not an inference request")
        }
        id = try Self.text(body["id"], "'id'")
        guard case .array(let items)? = body["inputs"], !items.isEmpty else {
            throw ServingError(.malformed, "'inputs' must be a list of tensors", field: "inputs")
        }
        inputs = []
        for item in items { inputs.append(try Self.input(item)) }
        switch body["outputs"] {
        case nil, .null?: outputs = nil
        case .array(let wanted)?:
            var names: [String] = []
            for item in wanted {
                guard let name = try Self.text(item["name"], "the name of an output") else {
                    throw ServingError(.malformed, "an entry of 'outputs' has no name", field: "outputs")
                }
                names.append(name)
            }
            outputs = names
        case let other?: throw ServingError(.malformed, "'outputs' is a \(other.kindName), not a list", field: "outputs")
        }
    }

    private static func input(_ json: JSONValue) throws(ServingError) -> Input {
        guard let name = try text(json["name"], "the name of an input"),
            let datatype = try text(json["datatype"], "the datatype of an input")
        else { throw ServingError(.malformed, "an input lacks its name or its datatype", field: "inputs") }
        guard case .array(let dimensions)? = json["shape"], dimensions.count <= rankMax else {
            throw ServingError(.malformed, "input '\(name)' lacks its shape", field: name)
        }
        var shape: [Int] = []
        var count = 1
        for dimension in dimensions {
            guard case .integer(let size) = dimension, size >= 0, size <= elementCountMax else {
                throw ServingError(.malformed, "the shape of input '\(name)' is not a list of sizes", field: name)
            }
            shape.append(Int(size))
            count *= Int(size)
            guard count <= elementCountMax else {
                throw ServingError(.tooLarge, "input '\(name)' has more than \(elementCountMax) elements", field: name)
            }
        }
        guard let given = json["data"] else {
            throw ServingError(.malformed, "input '\(name)' has no data", field: name)
        }
        var data: [JSONValue] = []
        flatten(given, into: &data)
        guard data.count == count else {
            throw ServingError(
                .malformed, "input '\(name)' has \(data.count) elements, but its shape \(shape) holds \(count)", field: name)
        }
        return Input(name: name, datatype: datatype, shape: shape, data: data)
    }

    /// Data may be nested like the shape or flat; both mean the same elements.
    private static func flatten(_ json: JSONValue, into data: inout [JSONValue]) {
        if case .array(let items) = json {
            for item in items { flatten(item, into: &data) }
        } else {
            data.append(json)
        }
    }

    private static func text(_ json: JSONValue?, _ what: String) throws(ServingError) -> String? {
        switch json {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let other?: throw ServingError(.malformed, "\(what) is a \(other.kindName), not a text")
        }
    }
}
