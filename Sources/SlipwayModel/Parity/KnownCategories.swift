/// The categories that the encoders of a graph know, by the input that reaches them.
struct KnownCategories {
    private var textsByInput: [String: [String]] = [:]
    private var numbersByInput: [String: [Double]] = [:]

    /// Gathers the categories of a graph.
    ///
    /// - Complexity: O(nodes × inputs).
    init(_ graph: Graph) {
        var reached = Dictionary(
            graph.inputs.map { ($0.name, Set([$0.name])) }, uniquingKeysWith: { first, _ in first })
        for node in graph.nodes {
            let inputs = (node.inputs + node.captures).reduce(into: Set<String>()) { $0.formUnion(reached[$1] ?? []) }
            for output in node.outputs where !output.isEmpty { reached[output] = inputs }
            guard ["OneHotEncoder", "LabelEncoder", "CategoryMapper"].contains(node.operatorName) else { continue }
            let names = ["cats_strings", "cats_int64s", "keys_strings", "keys_int64s", "keys_floats", "keys_tensor"]
            for attribute in names.compactMap({ node.attributes[$0] }) {
                for input in inputs { add(attribute, input) }
            }
        }
    }

    private mutating func add(_ attribute: Attribute, _ input: String) {
        switch attribute {
        case .strings(let texts): textsByInput[input, default: []] += texts
        case .integers(let numbers): numbersByInput[input, default: []] += numbers.map(Double.init)
        case .floats(let numbers): numbersByInput[input, default: []] += numbers.filter(\.isFinite).map(Double.init)
        case .tensor(let tensor):
            if case .string(let texts) = tensor.elements { textsByInput[input, default: []] += texts }
            numbersByInput[input, default: []] += (tensor.asDoubles ?? []).filter(\.isFinite)
        default: break
        }
    }

    /// The texts that encoders behind an input know.
    func texts(reading input: String) -> [String] { Array(Set(textsByInput[input] ?? [])).sorted() }

    /// The numbers that encoders behind an input know.
    func numbers(reading input: String) -> [Double] { Array(Set(numbersByInput[input] ?? [])).sorted() }
}
