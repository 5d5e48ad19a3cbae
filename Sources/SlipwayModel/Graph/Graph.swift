public import Foundation

/// A validated ONNX graph: every name resolves, no cycle, nodes in an order in which each can run.
///
/// Graphs come from ``ONNXModel/graph()`` only, so a value of this type is known to be sound.
public struct Graph: Sendable, Equatable {
    /// The name given by the exporter.
    public var name: String
    /// The inputs that a caller must give, initialisers left out.
    public var inputs: [GraphValue]
    /// The outputs in declared order.
    public var outputs: [GraphValue]
    /// The nodes, each after all that it reads from.
    public var nodes: [Node]
    /// The constants by name.
    public var initializers: [String: Tensor]
    /// The types of the constants that tensors keep in a wider form, such as `float16`.
    public var narrowConstants: [String: ElementType]
    /// The operator-set version per domain.
    public var opsets: [String: Int]
    /// The functions that the model defines for itself, by ``Node/qualifiedOperator``; only ``source`` holds their nodes.
    public var functions: Set<String>
    /// The exporter's notes (`metadata_props`), and `producer_name` where given.
    public var metadata: [String: String]
    /// The bytes that the graph was read from, for engines that parse them themselves.
    public var source: Data

    package init(
        name: String, inputs: [GraphValue], outputs: [GraphValue], nodes: [Node], initializers: [String: Tensor],
        narrowConstants: [String: ElementType] = [:], opsets: [String: Int], functions: Set<String> = [],
        metadata: [String: String] = [:], source: Data = Data()
    ) {
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
        self.nodes = nodes
        self.initializers = initializers
        self.narrowConstants = narrowConstants
        self.opsets = opsets
        self.functions = functions
        self.metadata = metadata
        self.source = source
    }
}
