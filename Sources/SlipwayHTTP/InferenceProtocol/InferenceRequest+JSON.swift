import NIOCore
import SlipwayData
import SlipwayModel
import SlipwayServing

extension InferenceRequest {
    /// Reads a request's body and checks it for its own shape.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` or `tooLarge` that names the input.
    init(_ body: InferenceBody) throws(ServingError) {
        guard case .object(let members) = body.json else {
            throw ServingError(.malformed, "the body is \(body.json.kindPhrase), not an inference request")
        }
        guard case .array(let items)? = members["inputs"], !items.isEmpty else {
            throw ServingError(.malformed, "'inputs' must be a list of tensors", field: "inputs")
        }
        var tail = body.tail
        var inputs: [InferenceTensor] = []
        for item in items { inputs.append(try InferenceTensor(item, taking: &tail)) }
        guard tail.readableBytes == 0 else {
            throw ServingError(
                .malformed, "\(tail.readableBytes) bytes follow the last binary tensor",
                hint: "Give each binary tensor its size in parameters.binary_data_size.")
        }
        self.init(
            id: try RequestText.optional(members["id"], "'id'"), inputs: inputs,
            outputs: try OutputForms(members).names)
    }
}

extension InferenceTensor {
    /// Reads one input, whose elements stand in its `data` or at the front of the binary tail.
    init(_ json: JSONValue, taking tail: inout ByteBuffer) throws(ServingError) {
        guard let name = try RequestText.optional(json["name"], "the name of an input"),
            let datatype = try RequestText.optional(json["datatype"], "the datatype of an input")
        else { throw ServingError(.malformed, "an input lacks its name or its datatype", field: "inputs") }
        let type = try Self.datatype(datatype, input: name)
        try InferenceRequest.checkParameters(RequestText.names(in: json["parameters"]), of: name)
        guard case .array(let dimensions)? = json["shape"] else {
            throw ServingError(.malformed, "input '\(name)' lacks its shape", field: name)
        }
        var sizes: [Int64] = []
        for dimension in dimensions {
            guard case .integer(let size) = dimension else {
                throw ServingError(.malformed, "the shape of input '\(name)' is not a list of sizes", field: name)
            }
            sizes.append(size)
        }
        let count = try Self.elementCount(of: sizes, input: name)
        let shape = sizes.map(Int.init)
        let cells: [Value]
        switch (json["data"], json["parameters"]?["binary_data_size"]) {
        case (nil, .integer(let size)?):
            guard let slice = tail.readSlice(length: Int(clamping: max(0, size))) else {
                throw ServingError(
                    .malformed, "input '\(name)' says \(size) bytes, but only \(tail.readableBytes) are left",
                    field: name)
            }
            let result: Result<[Value], ServingError> = slice.withUnsafeReadableBytes { bytes in
                Result { () throws(ServingError) in try TensorBytes.cells(type, count: count, from: bytes, input: name)
                }
            }
            cells = try result.get()
        case (let data?, nil):
            cells = try Self.cells(of: data, count, shape, type, name)
        case (nil, nil):
            throw ServingError(.malformed, "input '\(name)' has no data", field: name)
        case (nil, _?):
            throw ServingError(.malformed, "the binary_data_size of input '\(name)' is no size", field: name)
        case (_?, _?):
            throw ServingError(.malformed, "input '\(name)' has both data and binary_data_size", field: name)
        }
        self.init(name: name, datatype: type, shape: shape, cells: cells)
    }

    /// The cells of data that is nested like the shape, or flat.
    private static func cells(
        of data: JSONValue, _ count: Int, _ shape: [Int], _ type: ElementType, _ name: String
    ) throws(ServingError) -> [Value] {
        guard case .array(let items) = data else {
            throw ServingError(.malformed, "the data of input '\(name)' is \(data.kindPhrase), not a list", field: name)
        }
        var cells: [Value] = []
        cells.reserveCapacity(count)
        let isNested = shape.count > 1 && items.contains { if case .array = $0 { true } else { false } }
        if isNested {
            guard try append(data, shape[...], type, name, to: &cells) else {
                throw ServingError(
                    .malformed, "the data of input '\(name)' is not nested like its shape \(shape)", field: name)
            }
        } else {
            guard items.count == count else {
                throw ServingError(
                    .malformed,
                    "the data of input '\(name)' has \(items.count) elements, but not those of its shape \(shape)",
                    field: name)
            }
            for item in items { cells.append(try cell(item, type, name)) }
        }
        return cells
    }

    private static func append(
        _ data: JSONValue, _ shape: ArraySlice<Int>, _ type: ElementType, _ name: String, to cells: inout [Value]
    ) throws(ServingError) -> Bool {
        guard let size = shape.first else {
            cells.append(try cell(data, type, name))
            return true
        }
        guard case .array(let items) = data, items.count == size else { return false }
        for item in items where !(try append(item, shape.dropFirst(), type, name, to: &cells)) { return false }
        return true
    }

    private static func cell(_ json: JSONValue, _ type: ElementType, _ name: String) throws(ServingError) -> Value {
        if type != .string, json == "NaN" { return .missing }
        guard let cell = json.asValue else {
            throw ServingError(
                .malformed, "the data of input '\(name)' holds \(json.kindPhrase) where an element must stand",
                field: name)
        }
        return cell
    }
}
