import SlipwayData
import SlipwayServing

/// Which outputs a request asks for, and which of them as binary tensors.
struct OutputForms: Equatable {
    /// The names asked for, in order; empty asks for all.
    let names: [String]
    private let binary: [String: Bool]
    private let isBinaryByDefault: Bool

    /// All outputs as binary tensors, which is how a raw binary request is answered.
    static let allBinary = OutputForms(names: [], binary: [:], isBinaryByDefault: true)

    private init(names: [String], binary: [String: Bool], isBinaryByDefault: Bool) {
        self.names = names
        self.binary = binary
        self.isBinaryByDefault = isBinaryByDefault
    }

    /// Reads `outputs` and `parameters.binary_data_output` of a request.
    ///
    /// - Throws: ``ServingError`` of kind `malformed`.
    init(_ request: JSONObject) throws(ServingError) {
        isBinaryByDefault = try Self.flag(request["parameters"]?["binary_data_output"], "binary_data_output") ?? false
        var names: [String] = []
        var binary: [String: Bool] = [:]
        switch request["outputs"] {
        case nil, .null?: break
        case .array(let wanted)?:
            for item in wanted {
                guard let name = try RequestText.optional(item["name"], "the name of an output") else {
                    throw ServingError(.malformed, "an entry of 'outputs' has no name", field: "outputs")
                }
                try InferenceRequest.checkParameters(RequestText.names(in: item["parameters"]), of: name)
                names.append(name)
                binary[name] = try Self.flag(item["parameters"]?["binary_data"], "binary_data")
            }
        case let other?:
            throw ServingError(.malformed, "'outputs' is \(other.kindPhrase), not a list", field: "outputs")
        }
        self.names = names
        self.binary = binary
    }

    /// Whether an output is wanted as a binary tensor.
    func isBinary(_ name: String) -> Bool { binary[name] ?? isBinaryByDefault }

    private static func flag(_ json: JSONValue?, _ name: String) throws(ServingError) -> Bool? {
        switch json {
        case nil, .null?: return nil
        case .boolean(let truth)?: return truth
        case let other?:
            throw ServingError(.malformed, "the parameter '\(name)' is \(other.kindPhrase), not true or false")
        }
    }
}
