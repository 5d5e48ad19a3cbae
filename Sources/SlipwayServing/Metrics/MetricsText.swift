import SlipwayData

/// A text in the Prometheus exposition format, version 0.0.4.
struct MetricsText {
    /// The kinds of metrics that this server has.
    enum Kind: String {
        case counter, gauge, histogram
    }

    private(set) var text = ""

    /// Starts a family; its samples follow.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Adds a sample with its labels in order.
    mutating func sample(
        _ name: String, _ labels: [(name: String, value: String)], _ value: some CustomStringConvertible
    ) {
        let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += "\(name){\(list)} \(value)\n"
    }

    /// Adds a family of one number per model.
    mutating func family(_ name: String, _ kind: Kind, _ help: String, byModel values: [String: Int]) {
        family(name, kind, help)
        for (model, value) in values.sorted(by: { $0.key < $1.key }) { sample(name, [("model", model)], value) }
    }

    /// A label's value with backslash, quote, and line end escaped, as the format asks for.
    static func escaped(_ value: String) -> String {
        value.escaping(["\\": "\\\\", "\"": "\\\"", "\n": "\\n"])
    }
}
