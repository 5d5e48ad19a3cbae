import SlipwayModel

/// One node, ready to run, or several that run as one.
struct Step: Sendable {
    /// What a step does.
    enum Work: Sendable {
        case kernel(any Kernel)
        /// A kernel of one output, kept apart so that no array is made around it.
        case single(any SingleKernel)
        /// Several nodes in one pass, and their own steps for what the pass cannot do.
        case fused(any FusedPass, insteadOf: [Step])
    }

    /// The node without its attributes; of several the last one.
    ///
    /// The kernel has taken from them what it needs, and those of a forest are larger than the forest.
    let node: Node
    private(set) var work: Work
    var inputs: [Arguments.Operand]
    /// The numbers of the values to write; `nil` for an output that nobody wants.
    var outputs: [Int?]
    /// The values that no later step reads.
    var released: [Int] = []

    /// Makes a step of one node.
    init(_ node: Node, _ kernel: any Kernel, inputs: [Arguments.Operand], outputs: [Int?]) {
        var bare = node
        bare.attributes = [:]
        bare.subgraphs = [:]
        self.node = bare
        self.inputs = inputs
        self.outputs = outputs
        if outputs.count == 1, let single = kernel as? any SingleKernel {
            work = .single(single)
        } else {
            work = .kernel(kernel)
        }
    }

    /// Makes a step of a pass that writes what the last of several steps writes.
    init(fusing steps: [Step], into pass: any FusedPass, inputs: [Arguments.Operand]) {
        let last = steps[steps.count - 1]
        node = last.node
        outputs = last.outputs
        work = .fused(pass, insteadOf: steps)
        self.inputs = inputs
    }

    /// The kernel of a single node.
    var kernel: (any Kernel)? {
        switch work {
        case .kernel(let kernel): kernel
        case .single(let kernel): kernel
        case .fused: nil
        }
    }

    /// Keeps constants in the form in which a run reads them fastest.
    mutating func prepareConstants() {
        inputs = inputs.map(\.prepared)
        guard case .fused(let pass, var steps) = work else { return }
        for index in steps.indices { steps[index].prepareConstants() }
        work = .fused(pass, insteadOf: steps)
    }

    /// Reads and writes the values of a run.
    func run(on values: UnsafeMutableBufferPointer<Tensor?>) throws(ModelError) {
        let arguments = Arguments(inputs, values: values.baseAddress.map { UnsafePointer($0) })
        switch work {
        case .single(let kernel):
            let value = try naming { () throws(KernelProblem) in try kernel.value(of: arguments) }
            if let number = outputs[0] { values[number] = value }
        case .kernel:
            let computed = try compute(arguments)
            for index in outputs.indices {
                if let number = outputs[index] { values[number] = computed[index] }
            }
        case .fused(let pass, let steps):
            if let computed = pass.run(arguments) {
                for index in outputs.indices {
                    if let number = outputs[index] { values[number] = computed[index] }
                }
            } else {
                for step in steps { try step.run(on: values) }
            }
        }
        for number in released { values[number] = nil }
    }

    /// Runs the kernel of a single node.
    func compute(_ arguments: Arguments) throws(ModelError) -> [Tensor] {
        guard let kernel else { return [] }
        let computed = try naming { () throws(KernelProblem) in try kernel.run(arguments) }
        guard computed.count >= outputs.count else {
            throw KernelProblem(.failed, "\(outputs.count) outputs are wanted, but there are \(computed.count)")
                .modelError(at: node)
        }
        return computed
    }

    /// Names the node in what goes wrong.
    private func naming<Computed>(
        _ work: () throws(KernelProblem) -> Computed
    ) throws(ModelError) -> Computed {
        do throws(KernelProblem) {
            return try work()
        } catch {
            throw error.modelError(at: node)
        }
    }
}
