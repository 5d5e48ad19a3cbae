/// A graph that a node holds, such as the body of a loop; it reads values of the graphs around it by name.
public struct Subgraph: Equatable, Sendable {
    /// The key, no attribute's name, under which a call of a function of the model's own holds the function's nodes.
    public static let functionBody = "()"

    /// The names of the values that the node gives it, in their order.
    public var inputs: [String]
    /// The names of the values that it gives back.
    public var outputs: [String]
    /// The nodes, each after all that it reads from.
    public var nodes: [Node]
    /// The constants by name.
    public var initializers: [String: Tensor]
    /// The types of inputs and constants that tensors keep in a wider form.
    public var narrowTypes: [String: ElementType]
    /// The operator-set version per domain.
    public var opsets: [String: Int]
    /// The functions that the model defines for itself, by ``Node/qualifiedOperator``.
    public var functions: Set<String>

    /// Makes a subgraph.
    public init(
        inputs: [String], outputs: [String], nodes: [Node], initializers: [String: Tensor] = [:],
        narrowTypes: [String: ElementType] = [:], opsets: [String: Int], functions: Set<String> = []
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.nodes = nodes
        self.initializers = initializers
        self.narrowTypes = narrowTypes
        self.opsets = opsets
        self.functions = functions
    }
}
