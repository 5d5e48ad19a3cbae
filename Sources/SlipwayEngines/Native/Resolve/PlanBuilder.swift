import SlipwayModel

/// Turns a graph into a plan and gathers every reason why it cannot.
struct PlanBuilder {
    private var plan = ExecutionPlan()
    private var slotsByName: [String: Int] = [:]
    private var labels: [String: [String]] = [:]
    /// The types of slots that are narrower than the form in which tensors keep them.
    private var narrow: [Int: ElementType] = [:]
    /// Everything that stands against running the graph, in the order of its nodes.
    private(set) var problems: [ModelError] = []
    /// Whether nodes that read constants only are computed at load and leave no step.
    private let foldsConstants: Bool

    /// Resolves a whole graph.
    init(_ graph: Graph, foldingConstants: Bool = true) {
        foldsConstants = foldingConstants
        for (name, tensor) in graph.initializers.sorted(by: { $0.key < $1.key }) {
            add(name, tensor)
            narrow[slot(of: name)] = graph.narrowConstants[name]
        }
        for input in graph.inputs {
            do throws(ModelError) {
                let binding = try InputBinding(input, slot: slot(of: input.name))
                plan.inputs.append(binding)
                narrow[binding.slot] = binding.declaredType.narrow
            } catch {
                problems.append(error)
            }
        }
        for node in graph.nodes {
            let opset = graph.opset(of: node)
            do throws(ModelError) {
                // A function of the model's own may bear the name of an operator, and stands before it.
                guard !graph.functions.contains(node.qualifiedOperator) else {
                    throw KernelProblem(.unsupported, "a function of the model's own").modelError(at: node)
                }
                try add(node, opset: opset)
            } catch {
                problems.append(error)
            }
        }
        for output in graph.outputs { addResult(output) }
        releaseAfterLastUse()
    }

    /// The finished plan.
    ///
    /// - Throws: ``ModelError`` with all reasons of an unsupported graph, or the first fault of an invalid one.
    func finish() throws(ModelError) -> ExecutionPlan {
        guard let first = problems.first else { return plan }
        if let fault = problems.first(where: { $0.kind != .unsupportedModel }) { throw fault }
        throw ModelError(
            .unsupportedModel, problems.map(\.message).joined(separator: "; "), hint: first.hint)
    }

    private mutating func slot(of name: String) -> Int {
        if let slot = slotsByName[name] { return slot }
        plan.slots.append(nil)
        slotsByName[name] = plan.slots.count - 1
        return plan.slots.count - 1
    }

    private mutating func add(_ name: String, _ constant: Tensor) {
        do throws(KernelProblem) {
            _ = try Shape.count(constant.shape)
            plan.slots[slot(of: name)] = constant
        } catch {
            problems.append(ModelError(.limitExceeded, "initialiser '\(name)': \(error.message)"))
        }
    }

    private mutating func add(_ node: Node, opset: Int) throws(ModelError) {
        // Outputs get their slots even when the node fails, lest each reader of them be reported as well.
        let inputs = (node.inputs + node.captures).map { $0.isEmpty ? nil : slot(of: $0) }
        let outputs = node.outputs.map { $0.isEmpty ? nil : slot(of: $0) }
        let kernel: any Kernel
        do {
            let types: [ElementType?]
            (kernel, types) = try OperatorCatalog.kernel(
                for: NodeContext(node: node, opset: opset), narrow: inputs.map { $0.flatMap { narrow[$0] } })
            for case (let slot?, let type?) in zip(outputs, types) { narrow[slot] = type }
        } catch {
            throw error.modelError(at: node)
        }
        if let map = kernel as? ZipMapKernel, let output = node.outputs.first { labels[output] = map.labels }
        let step = ExecutionPlan.Step(node: node, kernel: kernel, inputs: inputs, outputs: outputs)
        let constants = inputs.map { slot in slot.flatMap { plan.slots[$0] } }
        guard foldsConstants, zip(inputs, constants).allSatisfy({ $0 == nil || $1 != nil }) else {
            plan.steps.append(step)
            return
        }
        for (slot, value) in zip(outputs, try step.compute(Arguments(tensors: constants))) {
            if let slot { plan.slots[slot] = value }
        }
    }

    private mutating func addResult(_ output: GraphValue) {
        guard let slot = slotsByName[output.name] else {
            problems.append(ModelError(.invalidGraph, "output '\(output.name)' is not computed by any node"))
            return
        }
        plan.results.append(.init(name: output.name, slot: slot, labels: labels[output.name]))
    }

    /// Marks after which step each slot can be emptied, and forgets outputs that nobody reads.
    private mutating func releaseAfterLastUse() {
        var seen = Set(plan.results.map(\.slot))
        for index in plan.steps.indices.reversed() {
            plan.steps[index].outputs = plan.steps[index].outputs.map { slot in
                slot.flatMap { seen.contains($0) ? $0 : nil }
            }
            let read = Set(plan.steps[index].inputs.compactMap { $0 }).subtracting(seen)
            plan.steps[index].released = read.sorted()
            seen.formUnion(read)
        }
    }
}

extension Graph {
    /// The operator-set version that counts for a node; 0 when the graph names none.
    func opset(of node: Node) -> Int {
        let names = node.domain.isEmpty || node.domain == "ai.onnx" ? ["", "ai.onnx"] : [node.domain]
        return names.lazy.compactMap { opsets[$0] }.first ?? 0
    }
}
