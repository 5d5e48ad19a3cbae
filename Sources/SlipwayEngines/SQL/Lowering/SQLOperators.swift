import SlipwayModel

/// The operators that SQL can compute, with the way to lower each.
///
/// A node all of whose inputs are constants is computed by its kernel and needs no entry here.
enum SQLOperators {
    /// An operator and the way to lower its nodes; the results are the outputs in order.
    struct Entry: Sendable {
        let name: String
        let lower: @Sendable (inout GraphLowering, LoweredNode) throws(KernelProblem) -> [LoweredValue]

        init(
            _ name: String,
            _ lower: @escaping @Sendable (inout GraphLowering, LoweredNode) throws(KernelProblem) -> [LoweredValue]
        ) {
            self.name = name
            self.lower = lower
        }
    }

    private static let entries: [String: Entry] = {
        let families = [shapes, arithmetic, logic, reductions, scaling, encoding, linear, trees]
        return Dictionary(families.joined().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }()

    /// The entry of a node's operator, or `nil` when SQL has no counterpart.
    static func entry(for node: Node) -> Entry? {
        let isStandard = node.domain.isEmpty || node.domain == "ai.onnx"
        return entries[isStandard ? node.operatorName : "\(node.domain).\(node.operatorName)"]
    }
}
