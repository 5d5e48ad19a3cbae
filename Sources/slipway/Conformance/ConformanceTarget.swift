import Foundation
import FoundationNetworking
import SlipwayData

/// A server under test, and the model that it is asked about.
struct ConformanceTarget: Sendable {
    /// One input of the model as the kit sends it: a shape that has no open dimension, and its elements in order.
    struct Input: Sendable {
        var name: String
        var datatype: String
        var shape: [Int]
        var elements: [JSONValue]
    }

    /// The most elements that the kit sends for one input.
    private static let elementCountMax = 1_000_000
    /// The bounds of one answer.
    private static let exchange = BoundedExchange(byteCountMax: 64 << 20, patience: .seconds(30))

    let address: URL
    let model: String
    let metadata: JSONValue
    let inputs: [Input]
    let outputs: [String]
    let version: String?
    let extensions: [String]
    private let token: String?

    /// Asks a server what it serves.
    ///
    /// - Parameters:
    ///   - model: The model to ask about; without one, the first that the server lists.
    ///   - request: An inference request whose inputs the model takes; without one, its inputs are made up.
    /// - Throws: ``DataError`` when the server cannot be asked, or describes no model, or the request is none.
    init(_ address: URL, model: String?, token: String?, request: JSONValue? = nil) async throws {
        self.address = address
        self.token = token
        let ask = { (method: String, path: String) in
            try await Self.send(method, address.appending(path: path), token: token)
        }
        let server = try await ask("GET", "v2")
        extensions = server.json?["extensions"]?.texts ?? []
        let listed = try await Self.send(
            "POST", address.appending(path: "v2/repository/index"), body: Data("{}".utf8), token: token)
        guard let name = model ?? listed.json?.items.first?["name"]?.asText else {
            throw DataError(
                .unreadable, "the server lists no model to ask about", hint: "Name one with --model.")
        }
        self.model = name
        let described = try await ask("GET", "v2/models/\(name)")
        guard described.status == 200, let metadata = described.json else {
            throw DataError(
                .unreadable, "the server answers \(described.status) when asked for the metadata of '\(name)'",
                hint: "Is the model loaded? --model names another one.")
        }
        self.metadata = metadata
        version = metadata["versions"]?.texts.last
        outputs = metadata["outputs"]?.items.compactMap { $0["name"]?.asText } ?? []
        inputs = try (request ?? metadata)["inputs"]?.items.compactMap(Self.input) ?? []
    }

    /// Reads an input from a request, or makes one up from metadata, which has no data.
    private static func input(_ json: JSONValue) throws -> Input? {
        guard let name = json["name"]?.asText, let datatype = json["datatype"]?.asText else { return nil }
        let shape = json["shape"]?.items.map { max(1, Int(exactly: $0.asValue?.asNumber ?? 1) ?? 1) } ?? [1]
        let (count, isTooLarge) = shape.reduce((1, false)) { product, size in
            let (partial, overflow) = product.0.multipliedReportingOverflow(by: size)
            return (partial, product.1 || overflow)
        }
        guard !isTooLarge, count <= elementCountMax else {
            throw DataError(.limitExceeded, "the input '\(name)' is too large to be tested: \(shape)")
        }
        guard let data = json["data"] else {
            let element = madeUpElement(of: datatype)
            return Input(
                name: name, datatype: datatype, shape: shape, elements: Array(repeating: element, count: count))
        }
        let elements = data.flattened
        guard elements.count == count else {
            throw DataError(.malformed, "the input '\(name)' has \(elements.count) elements and the shape \(shape)")
        }
        return Input(name: name, datatype: datatype, shape: shape, elements: elements)
    }

    /// An element that fits a datatype.
    private static func madeUpElement(of datatype: String) -> JSONValue {
        switch datatype {
        case "BYTES": "1"
        case "BOOL": .boolean(true)
        case "FP16", "FP32", "FP64", "BF16": .number(1.5)
        default: .integer(1)
        }
    }

    /// Sends a request below the server's address.
    func send(
        _ method: String, _ path: String, body: Data? = nil, headers: [String: String] = [:]
    ) async throws -> ConformanceAnswer {
        try await Self.send(method, address.appending(path: path), body: body, headers: headers, token: token)
    }

    /// Sends a JSON document to the model's inference route.
    func infer(_ json: JSONValue, version: String? = nil) async throws -> ConformanceAnswer {
        let place = version.map { "v2/models/\(model)/versions/\($0)/infer" } ?? "v2/models/\(model)/infer"
        return try await send("POST", place, body: Data(json.text.utf8))
    }

    /// Whether the server takes the inputs for wrong ones, as a model does that knows only certain texts.
    func refusesInputs() async -> Bool {
        guard let answer = try? await infer(request()) else { return false }
        return (400..<500).contains(answer.status)
    }

    /// The request with every input, or what a change makes of it.
    func request(_ change: (inout [JSONObject]) -> Void = { _ in }, more: [(String, JSONValue)] = []) -> JSONValue {
        var tensors = inputs.map { input in
            JSONObject([
                ("name", .string(input.name)), ("datatype", .string(input.datatype)),
                ("shape", .array(input.shape.map { .integer(Int64($0)) })),
                ("data", .array(input.elements)),
            ])
        }
        change(&tensors)
        return .object(JSONObject([("inputs", .array(tensors.map(JSONValue.object)))] + more))
    }

    private static func send(
        _ method: String, _ url: URL, body: Data? = nil, headers: [String: String] = [:], token: String?
    ) async throws -> ConformanceAnswer {
        var request = URLRequest(url: url)
        request.httpMethod = method
        if let body {
            request.httpBody = body
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        do throws(DataError) {
            let (data, response) = try await exchange.answer(to: request)
            var headers: [String: String] = [:]
            for (name, value) in response.allHeaderFields { headers["\(name)"] = "\(value)" }
            return ConformanceAnswer(status: response.statusCode, headers: headers, body: data)
        } catch {
            throw DataError(
                error.kind, "\(url) does not answer: \(error.message)", hint: "Is a server listening there?")
        }
    }
}

extension ConformanceTarget.Input {
    /// The elements as a binary tensor; `nil` for a datatype or an element that the kit has no bytes for.
    var bytes: [UInt8]? {
        var bytes: [UInt8] = []
        func append(_ whole: some FixedWidthInteger) {
            withUnsafeBytes(of: whole.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for element in elements {
            if datatype == "BYTES" {
                guard let text = element.asText else { return nil }
                append(UInt32(text.utf8.count))
                bytes += text.utf8
                continue
            }
            guard let number = element.asValue?.asNumber, let whole = Int64(exactly: number.rounded()) else {
                return nil
            }
            switch datatype {
            case "BOOL", "INT8", "UINT8": append(Int8(truncatingIfNeeded: whole))
            case "INT16", "UINT16": append(Int16(truncatingIfNeeded: whole))
            case "INT32", "UINT32": append(Int32(truncatingIfNeeded: whole))
            case "INT64", "UINT64": append(whole)
            case "FP32": append(Float(number).bitPattern)
            case "FP64": append(number.bitPattern)
            default: return nil
            }
        }
        return bytes
    }
}

extension JSONValue {
    /// The items of a list; none for anything else.
    var items: [JSONValue] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    /// The text, if it is one.
    var asText: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The texts of a list.
    var texts: [String] { items.compactMap(\.asText) }

    /// The elements of nested lists in order.
    var flattened: [JSONValue] {
        guard case .array(let items) = self else { return [self] }
        return items.flatMap(\.flattened)
    }
}
