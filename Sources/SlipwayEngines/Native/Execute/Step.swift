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
    var outputs: [Int?] { didSet { target = Self.target(of: outputs) } }
    /// The values that no later step reads.
    var released: [Int] = [] {
        didSet {
            firstReleased = released.first
            releasesMore = released.count > 1
        }
    }
    // What a run asks of the lists above at every step, so that it need not hold on to them.
    private var target: Int?
    private var firstReleased: Int?
    private var releasesMore = false

    /// Makes a step of one node.
    init(_ node: Node, _ kernel: any Kernel, inputs: [Arguments.Operand], outputs: [Int?]) {
        var bare = node
        bare.attributes = [:]
        bare.subgraphs = [:]
        self.node = bare
        self.inputs = inputs
        self.outputs = outputs
        target = Self.target(of: outputs)
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
        target = Self.target(of: outputs)
        work = .fused(pass, insteadOf: steps)
        self.inputs = inputs
    }

    /// The value that the first output is written to, if anybody wants it.
    private static func target(of outputs: [Int?]) -> Int? { outputs.first.flatMap { $0 } }

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

    /// Runs steps one after another, which read and write the values of a run.
    static func run(
        _ steps: [Step], on values: UnsafeMutableBufferPointer<Tensor?>
    ) throws(ModelError) {
        try steps.withUnsafeBufferPointer { steps throws(ModelError) in
            guard let first = steps.baseAddress else { return }
            for index in 0..<steps.count { try run(first + index, on: values) }
        }
    }

    /// Runs a step where it lies: a copy of it would count references to all that it holds.
    private static func run(
        _ step: UnsafePointer<Step>, on values: UnsafeMutableBufferPointer<Tensor?>
    ) throws(ModelError) {
        let arguments = Arguments(step.pointee.inputs, values: values.baseAddress.map { UnsafePointer($0) })
        switch step.pointee.work {
        case .single(let kernel):
            let value = try naming(step) { () throws(KernelProblem) in try kernel.value(of: arguments) }
            if let number = step.pointee.target { values[number] = value }
        case .kernel(let kernel):
            write(try compute(step, kernel, arguments), of: step, to: values)
        case .fused(let pass, let steps):
            if let computed = pass.run(arguments) {
                write(computed, of: step, to: values)
            } else {
                try run(steps, on: values)
            }
        }
        if let number = step.pointee.firstReleased { values[number] = nil }
        guard step.pointee.releasesMore else { return }
        for number in step.pointee.released.dropFirst() { values[number] = nil }
    }

    private static func write(
        _ computed: [Tensor], of step: UnsafePointer<Step>, to values: UnsafeMutableBufferPointer<Tensor?>
    ) {
        let outputs = step.pointee.outputs
        for index in outputs.indices {
            if let number = outputs[index] { values[number] = computed[index] }
        }
    }

    /// Runs the kernel of a single node.
    func compute(_ arguments: Arguments) throws(ModelError) -> [Tensor] {
        guard let kernel else { return [] }
        return try withUnsafePointer(to: self) { step throws(ModelError) in
            try Self.compute(step, kernel, arguments)
        }
    }

    private static func compute(
        _ step: UnsafePointer<Step>, _ kernel: any Kernel, _ arguments: Arguments
    ) throws(ModelError) -> [Tensor] {
        let computed = try naming(step) { () throws(KernelProblem) in try kernel.run(arguments) }
        let wanted = step.pointee.outputs.count
        guard computed.count >= wanted else {
            throw KernelProblem(.failed, "\(wanted) outputs are wanted, but there are \(computed.count)")
                .modelError(at: step.pointee.node)
        }
        return computed
    }

    /// Names the node in what goes wrong.
    @inline(__always)
    private static func naming<Computed>(
        _ step: UnsafePointer<Step>, _ work: () throws(KernelProblem) -> Computed
    ) throws(ModelError) -> Computed {
        do throws(KernelProblem) {
            return try work()
        } catch {
            throw error.modelError(at: step.pointee.node)
        }
    }
}
