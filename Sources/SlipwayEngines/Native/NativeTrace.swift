public import SlipwayModel

/// A graph that shows every value on the way to its answer.
///
/// Each node runs by itself, as the exporter wrote it: nothing is computed ahead, joined or left out. It is slower than
/// a ``NativeEngine`` predictor and gives the same answers, for explanations and for finding where two engines part.
public struct NativeTrace: Sendable {
    /// What one node computed.
    public struct Entry: Sendable, Equatable {
        /// The node.
        public let node: Node
        /// The values that it names, in the order of ``Node/outputs``; those that it names `""` are left out.
        public let outputs: [(name: String, tensor: Tensor)]

        /// Whether two entries hold the same values of the same node.
        public static func == (left: Entry, right: Entry) -> Bool {
            left.node == right.node && left.outputs.elementsEqual(right.outputs, by: ==)
        }
    }

    private let plan: ExecutionPlan

    /// Prepares a graph.
    ///
    /// - Throws: What ``NativeEngine/load(_:)`` throws.
    public init(_ graph: Graph) throws(ModelError) {
        plan = try PlanBuilder(graph, foldingConstants: false).finish()
    }

    /// The values of all nodes, in the order in which they run.
    ///
    /// - Parameter inputs: A tensor for each graph input by name.
    /// - Throws: What ``SlipwayModel/Predictor/predict(_:)`` throws.
    public func values(for inputs: [String: Tensor]) throws(ModelError) -> [Entry] {
        var entries: [Entry] = []
        _ = try plan.run(inputs) { step, tensors in
            let named = zip(step.node.outputs, tensors).filter { !$0.0.isEmpty }
            entries.append(Entry(node: step.node, outputs: named.map { (name: $0.0, tensor: $0.1) }))
        }
        return entries
    }
}
