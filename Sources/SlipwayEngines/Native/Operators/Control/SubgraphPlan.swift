import SlipwayModel

/// A graph inside a node as a list of kernels over numbered values.
///
/// The values that it reads from the graphs around it are given to it as inputs after its own. What depends on nothing
/// is computed at load, a value is dropped after the last step that reads it, and a node that changes nothing is no step.
struct SubgraphPlan: Sendable {
    private struct Step: Sendable {
        /// The name of the node.
        let name: String
        let kernel: any Kernel
        let inputs: [Arguments.Operand]
        let outputs: [Int?]
        /// The values that no later step reads.
        var released: [Int] = []
    }

    /// The number of inputs of its own.
    let inputCount: Int
    /// The number of results.
    var outputCount: Int { outputs.count }
    /// The values that the inputs fill.
    private var inputs: [Int] = []
    private var outputs: [Arguments.Operand] = []
    private var steps: [Step] = []
    /// The number of values that a run has to hold.
    private var valueCount = 0

    /// Resolves the graph that an attribute of a node holds.
    init(_ name: String, of context: NodeContext) throws(KernelProblem) {
        guard let subgraph = context.node.subgraphs[name] else {
            throw KernelProblem(.unsupported, "its graph '\(name)' is missing or not covered")
        }
        inputCount = subgraph.inputs.count
        var operands: [String: Arguments.Operand] = [:]
        for (name, tensor) in subgraph.initializers {
            _ = try Shape.count(tensor.shape)
            operands[name] = .constant(tensor)
        }
        for name in subgraph.inputs + context.node.captures { inputs.append(number(of: name, in: &operands)) }
        var narrow = subgraph.narrowTypes
        for node in subgraph.nodes {
            let names = node.inputs + node.captures
            let made = try Self.kernel(of: node, in: subgraph, narrow: names.map { narrow[$0] })
            for (output, type) in zip(node.outputs, made.narrow) { narrow[output] = type }
            add(node, made.kernel, reading: names.map { operands[$0] ?? .absent }, &operands)
        }
        outputs = subgraph.outputs.map { operands[$0] ?? .absent }
        releaseAfterLastUse()
    }

    /// Gives a name a value of its own.
    private mutating func number(of name: String, in operands: inout [String: Arguments.Operand]) -> Int {
        defer { valueCount += 1 }
        operands[name] = .value(valueCount)
        return valueCount
    }

    private mutating func add(
        _ node: Node, _ kernel: any Kernel, reading read: [Arguments.Operand],
        _ operands: inout [String: Arguments.Operand]
    ) {
        // What fails may stand in a branch that is never taken, and is left to the run.
        if kernel is IdentityKernel, let source = read.first, let output = node.outputs.first {
            operands[output] = source
        } else if read.allSatisfy(\.isConstant), let computed = try? kernel.run(Arguments(read, values: nil)) {
            for (output, tensor) in zip(node.outputs, computed) { operands[output] = .constant(tensor) }
        } else {
            let outputs = node.outputs.map { $0.isEmpty ? nil : number(of: $0, in: &operands) }
            steps.append(
                Step(name: node.name, kernel: kernel, inputs: read.map(\.prepared), outputs: outputs))
        }
    }

    private mutating func releaseAfterLastUse() {
        var seen = Set(outputs.compactMap(\.number))
        for index in steps.indices.reversed() {
            let read = Set(steps[index].inputs.compactMap(\.number)).subtracting(seen)
            steps[index].released = read.sorted()
            seen.formUnion(read)
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
        try withUnsafeTemporaryAllocation(of: Tensor?.self, capacity: valueCount) { values throws(KernelProblem) in
            values.initialize(repeating: nil)
            defer { values.deinitialize() }
            for (index, number) in inputs.enumerated() {
                let place = index - given.count
                values[number] = place < 0 ? given[index] : (place < captures.count ? captures[place] : nil)
            }
            try steps.withUnsafeBufferPointer { steps throws(KernelProblem) in
                guard let first = steps.baseAddress else { return }
                for index in 0..<steps.count { try run(first + index, on: values) }
            }
            let arguments = Arguments(outputs, values: values.baseAddress.map { UnsafePointer($0) })
            var results: [Tensor] = []
            results.reserveCapacity(outputs.count)
            for index in outputs.indices {
                guard let tensor = arguments.optional(index) else {
                    throw KernelProblem(.failed, "a result of its graph is missing")
                }
                results.append(tensor)
            }
            return results
        }
    }

    /// Runs a step where it lies: a copy of it would count references to all that it holds.
    private func run(
        _ step: UnsafePointer<Step>, on values: UnsafeMutableBufferPointer<Tensor?>
    ) throws(KernelProblem) {
        let arguments = Arguments(step.pointee.inputs, values: values.baseAddress.map { UnsafePointer($0) })
        let computed: [Tensor]
        do throws(KernelProblem) {
            computed = try step.pointee.kernel.run(arguments)
        } catch {
            throw KernelProblem(error.kind, "its node '\(step.pointee.name)': \(error.message)")
        }
        let outputs = step.pointee.outputs
        for index in outputs.indices where index < computed.count {
            if let number = outputs[index] { values[number] = computed[index] }
        }
        for number in step.pointee.released { values[number] = nil }
    }
}

extension Arguments.Operand {
    /// Whether the tensor is known at load.
    fileprivate var isConstant: Bool {
        switch self {
        case .constant, .numbers: true
        case .absent, .value: false
        }
    }
}
