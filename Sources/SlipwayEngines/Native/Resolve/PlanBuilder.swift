import SlipwayModel

/// Turns a graph into a plan and gathers every reason why it cannot.
struct PlanBuilder {
    private var plan = ExecutionPlan()
    /// Where the value of each name lies; constants lie nowhere but in the steps that read them.
    private var operands: [String: Arguments.Operand] = [:]
    /// The types of values that are narrower than the form in which tensors keep them.
    private var narrow: [String: ElementType] = [:]
    private var labels: [String: [String]] = [:]
    /// Everything that stands against running the graph, in the order of its nodes.
    private(set) var problems: [ModelError] = []
    /// Whether nodes that change nothing are left out, and others joined into passes over the rows.
    private let fuses: Bool
    private let threads: RowThreads

    /// Resolves a whole graph.
    init(_ graph: Graph, fusing: Bool = true, threads: RowThreads = .one) {
        fuses = fusing
        self.threads = threads
        for (name, tensor) in graph.initializers { add(name, tensor) }
        narrow = graph.narrowConstants
        for input in graph.inputs {
            do throws(ModelError) {
                let binding = try InputBinding(input, value: number(of: input.name))
                plan.inputs.append(binding)
                narrow[input.name] = binding.declaredType.narrow
            } catch {
                problems.append(error)
            }
        }
        for node in graph.nodes {
            let opset = graph.opset(of: node)
            do throws(ModelError) {
                // A function of the model's own may bear the name of an operator, and stands before it.
                guard !graph.functions.contains(node.qualifiedOperator) || node.holdsFunction else {
                    throw KernelProblem(.unsupported, "a function of the model's own").modelError(at: node)
                }
                try add(node, opset: opset)
            } catch {
                problems.append(error)
                // Its outputs get numbers all the same, lest each reader of them be reported as well.
                for output in node.outputs where operands[output] == nil { _ = number(of: output) }
            }
        }
        for output in graph.outputs { addResult(output) }
    }

    /// The finished plan.
    ///
    /// - Throws: ``ModelError`` with all reasons of an unsupported graph, or the first fault of an invalid one.
    func finish() throws(ModelError) -> ExecutionPlan {
        guard let first = problems.first else {
            var plan = plan
            plan.leaveOutUnread()
            if fuses { plan = DenseFusion.fused(PlanFusion.fused(plan)) }
            plan.releaseAfterLastUse()
            plan.prepareConstants()
            return plan
        }
        if let fault = problems.first(where: { $0.kind != .unsupportedModel }) { throw fault }
        throw ModelError(
            .unsupportedModel, problems.map(\.message).joined(separator: "; "), hint: first.hint)
    }

    /// Gives a name a value of its own.
    private mutating func number(of name: String) -> Int {
        let number = plan.valueCount
        plan.valueCount += 1
        operands[name] = .value(number)
        return number
    }

    private mutating func add(_ name: String, _ constant: Tensor) {
        do throws(KernelProblem) {
            _ = try Shape.count(constant.shape)
            operands[name] = .constant(constant)
        } catch {
            _ = number(of: name)
            problems.append(ModelError(.limitExceeded, "initialiser '\(name)': \(error.message)"))
        }
    }

    private mutating func add(_ node: Node, opset: Int) throws(ModelError) {
        let names = node.inputs + node.captures
        let inputs = names.map { $0.isEmpty ? .absent : operands[$0] ?? .absent }
        let kernel: any Kernel
        do {
            let types: [ElementType?]
            (kernel, types) = try OperatorCatalog.kernel(
                for: NodeContext(node: node, opset: opset, threads: threads),
                narrow: names.map { narrow[$0] })
            for (output, type) in zip(node.outputs, types) { narrow[output] = type }
        } catch {
            throw error.modelError(at: node)
        }
        if let map = kernel as? ZipMapKernel, let output = node.outputs.first { labels[output] = map.labels }
        if fuses, kernel is IdentityKernel, case .value? = inputs.first, let output = node.outputs.first {
            // Both names stand for one value.
            operands[output] = inputs[0]
        } else if inputs.allSatisfy({ !$0.isComputed }) {
            let step = Step(node, kernel, inputs: inputs, outputs: node.outputs.map { _ in nil })
            let computed = try step.compute(Arguments(inputs, values: nil))
            for (output, tensor) in zip(node.outputs, computed) { operands[output] = .constant(tensor) }
        } else {
            let outputs = node.outputs.map { $0.isEmpty ? nil : number(of: $0) }
            plan.steps.append(Step(node, kernel, inputs: inputs, outputs: outputs))
        }
    }

    private mutating func addResult(_ output: GraphValue) {
        guard let value = operands[output.name] else {
            problems.append(ModelError(.invalidGraph, "output '\(output.name)' is not computed by any node"))
            return
        }
        plan.results.append(.init(name: output.name, value: value, labels: labels[output.name]))
    }
}

extension Arguments.Operand {
    /// The number of a value that only a run knows.
    var number: Int? {
        if case .value(let number) = self { number } else { nil }
    }

    /// Whether only a run knows the tensor.
    fileprivate var isComputed: Bool { number != nil }
}

extension Graph {
    /// The operator-set version that counts for a node; 0 when the graph names none.
    func opset(of node: Node) -> Int {
        let names = node.domain.isEmpty || node.domain == "ai.onnx" ? ["", "ai.onnx"] : [node.domain]
        return names.lazy.compactMap { opsets[$0] }.first ?? 0
    }
}

extension Node {
    /// Whether the node is a call of a function of the model's own whose nodes are known.
    var holdsFunction: Bool { subgraphs[Subgraph.functionBody] != nil }
}
