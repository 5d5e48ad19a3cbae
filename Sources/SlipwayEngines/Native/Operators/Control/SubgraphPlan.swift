import SlipwayModel

/// A graph inside a node as a list of kernels over numbered slots.
///
/// The values that it reads from the graphs around it are given to it as inputs after its own.
struct SubgraphPlan: Sendable {
    private struct Step: Sendable {
        let node: Node
        let kernel: any Kernel
        let inputs: [Int?]
        let outputs: [Int?]
    }

    /// The number of inputs of its own.
    let inputCount: Int
    /// The number of results.
    var outputCount: Int { outputs.count }
    private var inputs: [Int] = []
    private var outputs: [Int] = []
    private var steps: [Step] = []
    private var slots: [Tensor?] = []

    /// Resolves the graph that an attribute of a node holds.
    init(_ name: String, of context: NodeContext) throws(KernelProblem) {
        guard let subgraph = context.node.subgraphs[name] else {
            throw KernelProblem(.unsupported, "its graph '\(name)' is missing or not covered")
        }
        inputCount = subgraph.inputs.count
        var slotsByName: [String: Int] = [:]
        var narrow: [Int: ElementType] = [:]
        func slot(_ name: String) -> Int {
            if let slot = slotsByName[name] { return slot }
            slotsByName[name] = slotsByName.count
            return slotsByName.count - 1
        }
        inputs = (subgraph.inputs + context.node.captures).map(slot)
        for (name, type) in subgraph.narrowTypes { narrow[slot(name)] = type }
        for node in subgraph.nodes {
            let read = (node.inputs + node.captures).map { $0.isEmpty ? nil : slot($0) }
            let written = node.outputs.map { $0.isEmpty ? nil : slot($0) }
            let made = try Self.kernel(of: node, in: subgraph, narrow: read.map { $0.flatMap { narrow[$0] } })
            for case (let slot?, let type?) in zip(written, made.narrow) { narrow[slot] = type }
            steps.append(Step(node: node, kernel: made.kernel, inputs: read, outputs: written))
        }
        outputs = subgraph.outputs.map(slot)
        slots = Array(repeating: nil, count: slotsByName.count)
        for (name, tensor) in subgraph.initializers {
            _ = try Shape.count(tensor.shape)
            if let slot = slotsByName[name] { slots[slot] = tensor }
        }
    }

    private static func kernel(
        of node: Node, in subgraph: Subgraph, narrow: [ElementType?]
    ) throws(KernelProblem) -> (kernel: any Kernel, narrow: [ElementType?]) {
        guard !subgraph.functions.contains(node.qualifiedOperator) || node.holdsFunction else {
            throw KernelProblem(.unsupported, "its node '\(node.name)' calls a function of the model's own")
        }
        do {
            let opset = subgraph.opsets[node.domain] ?? 0
            return try OperatorCatalog.kernel(for: NodeContext(node: node, opset: opset), narrow: narrow)
        } catch {
            throw KernelProblem(error.kind, "its node '\(node.name)' (\(node.qualifiedOperator)): \(error.message)")
        }
    }

    /// Runs all steps.
    ///
    /// - Parameters:
    ///   - given: The inputs of its own, as many as it has; `nil` for an optional one that was left out.
    ///   - captures: The values from the graphs around it, in the order in which the node lists them.
    func run(_ given: [Tensor?], captures: [Tensor?]) throws(KernelProblem) -> [Tensor] {
        var slots = slots
        for (slot, tensor) in zip(inputs, given + captures) { slots[slot] = tensor }
        for step in steps {
            let arguments = Arguments(tensors: step.inputs.map { slot in slot.flatMap { slots[$0] } })
            do {
                for (slot, value) in zip(step.outputs, try step.kernel.run(arguments)) {
                    if let slot { slots[slot] = value }
                }
            } catch {
                throw KernelProblem(error.kind, "its node '\(step.node.name)': \(error.message)")
            }
        }
        var results: [Tensor] = []
        for slot in outputs {
            guard let tensor = slots[slot] else { throw KernelProblem(.failed, "a result of its graph is missing") }
            results.append(tensor)
        }
        return results
    }
}
