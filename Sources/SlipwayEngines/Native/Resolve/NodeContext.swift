import SlipwayModel

/// A node with what its kernel may need to know at load.
struct NodeContext {
    /// The node.
    let node: Node
    /// The version of the operator set that the node's domain has in the graph.
    let opset: Int
    /// The threads over which the kernel may split rows.
    var threads = RowThreads.one

    /// The number of outputs that the node names.
    var outputCount: Int { node.outputs.count }

    /// Whether an attribute is given.
    func has(_ name: String) -> Bool { node.attributes[name] != nil }

    /// A whole number, or `nil` when it is left out.
    func integer(_ name: String) throws(KernelProblem) -> Int? {
        switch node.attributes[name] {
        case nil: return nil
        case .integer(let value): return Int(value)
        default: throw wrongKind(name, "an integer")
        }
    }

    /// A whole number with a default.
    func integer(_ name: String, default standard: Int) throws(KernelProblem) -> Int {
        try integer(name) ?? standard
    }

    /// A float, or `nil` when it is left out.
    func float(_ name: String) throws(KernelProblem) -> Float? {
        switch node.attributes[name] {
        case nil: return nil
        case .float(let value): return value
        default: throw wrongKind(name, "a float")
        }
    }

    /// A float with a default.
    func float(_ name: String, default standard: Float) throws(KernelProblem) -> Float {
        try float(name) ?? standard
    }

    /// A text, or `nil` when it is left out.
    func string(_ name: String) throws(KernelProblem) -> String? {
        switch node.attributes[name] {
        case nil: return nil
        case .string(let value): return value
        default: throw wrongKind(name, "a text")
        }
    }

    /// A tensor, or `nil` when it is left out.
    func tensor(_ name: String) throws(KernelProblem) -> Tensor? {
        switch node.attributes[name] {
        case nil: return nil
        case .tensor(let value): return value
        default: throw wrongKind(name, "a tensor")
        }
    }

    /// A list of whole numbers; `nil` when it is left out.
    func integers(_ name: String) throws(KernelProblem) -> [Int]? {
        switch node.attributes[name] {
        case nil: return nil
        case .integers(let values): return values.map { Int($0) }
        default: throw wrongKind(name, "a list of integers")
        }
    }

    /// A list of floats; `nil` when it is left out.
    func floats(_ name: String) throws(KernelProblem) -> [Float]? {
        switch node.attributes[name] {
        case nil: return nil
        case .floats(let values): return values
        default: throw wrongKind(name, "a list of floats")
        }
    }

    /// A list of texts; `nil` when it is left out.
    func strings(_ name: String) throws(KernelProblem) -> [String]? {
        switch node.attributes[name] {
        case nil: return nil
        case .strings(let values): return values
        default: throw wrongKind(name, "a list of texts")
        }
    }

    private func wrongKind(_ name: String, _ wanted: String) -> KernelProblem {
        KernelProblem(.invalid, "attribute '\(name)' is not \(wanted)")
    }
}
