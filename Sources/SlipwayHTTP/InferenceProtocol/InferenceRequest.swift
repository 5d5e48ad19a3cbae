import SlipwayData
import SlipwayServing

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
    /// The outputs asked for; `nil` means all, and so does an empty list.
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
            outputs = names.isEmpty ? nil : names
        case let other?:
            throw ServingError(.malformed, "'outputs' is a \(other.kindName), not a list", field: "outputs")
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
        return Input(name: name, datatype: datatype, shape: shape, data: try elements(of: given, count, shape, name))
    }

    /// The elements of data that is nested like the shape, or flat.
    private static func elements(
        of data: JSONValue, _ count: Int, _ shape: [Int], _ name: String
    ) throws(ServingError) -> [JSONValue] {
        guard case .array(let items) = data else {
            throw ServingError(.malformed, "the data of input '\(name)' is a \(data.kindName), not a list", field: name)
        }
        var elements: [JSONValue] = []
        let isNested = shape.count > 1 && items.contains { if case .array = $0 { true } else { false } }
        guard isNested ? flatten(data, shape[...], into: &elements) : items.count == count else {
            let found = isNested ? "is not nested like" : "has \(items.count) elements, but not those of"
            throw ServingError(.malformed, "the data of input '\(name)' \(found) its shape \(shape)", field: name)
        }
        return isNested ? elements : items
    }

    private static func flatten(_ data: JSONValue, _ shape: ArraySlice<Int>, into elements: inout [JSONValue]) -> Bool {
        guard let size = shape.first else {
            elements.append(data)
            return true
        }
        guard case .array(let items) = data, items.count == size else { return false }
        return items.allSatisfy { flatten($0, shape.dropFirst(), into: &elements) }
    }

    private static func text(_ json: JSONValue?, _ what: String) throws(ServingError) -> String? {
        switch json {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let other?: throw ServingError(.malformed, "\(what) is a \(other.kindName), not a text")
        }
    }
}
