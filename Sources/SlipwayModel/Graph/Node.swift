/// One operation of a graph.
public struct Node: Equatable, Sendable {
    /// The name of the node for messages: its own, or `Operator#index` when it has none.
    public var name: String
    /// The operator, such as `Gemm`.
    public var operatorName: String
    /// The operator's domain; `""` for the standard one, `"ai.onnx.ml"` for the classic machine-learning one.
    public var domain: String
    /// The names of the values read; `""` stands for an optional input left out.
    public var inputs: [String]
    /// The names of the values written; `""` stands for an output not wanted.
    public var outputs: [String]
    /// The attributes by name.
    public var attributes: [String: Attribute]
    /// Whether the node holds graphs of its own (`If`, `Loop`, `Scan`).
    ///
    /// Their nodes are not part of ``Graph/nodes`` but of ``subgraphs``.
    public var hasSubgraph: Bool
    /// The values of the enclosing graph that its subgraphs read, in the order in which they are first read.
    public var captures: [String]
    /// The graphs of its own by attribute, those left out that could not be read.
    public var subgraphs: [String: Subgraph]

    /// Makes a node.
    public init(
        name: String, operatorName: String, domain: String = "", inputs: [String], outputs: [String],
        attributes: [String: Attribute] = [:], hasSubgraph: Bool = false, captures: [String] = [],
        subgraphs: [String: Subgraph] = [:]
    ) {
        self.name = name
        self.operatorName = operatorName
        self.domain = domain
        self.inputs = inputs
        self.outputs = outputs
        self.attributes = attributes
        self.hasSubgraph = hasSubgraph
        self.captures = captures
        self.subgraphs = subgraphs
    }

    /// The operator with its domain, as messages show it: `Gemm` or `ai.onnx.ml.Scaler`.
    public var qualifiedOperator: String { domain.isEmpty ? operatorName : "\(domain).\(operatorName)" }
}
