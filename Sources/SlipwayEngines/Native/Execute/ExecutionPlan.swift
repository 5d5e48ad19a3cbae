import SlipwayModel

/// A graph as a list of kernels over numbered slots.
///
/// Names are resolved once, at load. A value's slot is emptied after the last step that reads it.
struct ExecutionPlan: Sendable {
    /// One node, ready to run.
    struct Step: Sendable {
        let node: Node
        let kernel: any Kernel
        /// The slots to read; `nil` for an optional input left out.
        let inputs: [Int?]
        /// The slots to write; `nil` for an output that nobody wants.
        var outputs: [Int?]
        /// The slots that no later step reads.
        var released: [Int] = []
    }

    /// A graph output and where its value lies.
    struct Result: Sendable {
        let name: String
        let slot: Int
        /// The class of each column, where a `ZipMap` names them.
        let labels: [String]?
    }

    var inputs: [InputBinding] = []
    var steps: [Step] = []
    var results: [Result] = []
    /// The slots as a run finds them: constants filled in, everything else empty.
    var slots: [Tensor?] = []

    /// Runs all steps.
    ///
    /// - Parameter observe: Is shown each step and all that it computed, as soon as it has run.
    func run(
        _ given: [String: Tensor], observing observe: ((Step, [Tensor]) -> Void)? = nil
    ) throws(ModelError) -> [PredictorOutput] {
        var slots = slots
        try bind(given, to: &slots)
        for step in steps {
            let arguments = Arguments(tensors: step.inputs.map { slot in slot.flatMap { slots[$0] } })
            for slot in step.released { slots[slot] = nil }
            let values = try step.compute(arguments)
            observe?(step, values)
            for (slot, value) in zip(step.outputs, values) {
                if let slot { slots[slot] = value }
            }
        }
        return try results.map { result throws(ModelError) in
            guard let tensor = slots[result.slot] else {
                throw ModelError(.inferenceFailed, "output '\(result.name)' was not computed")
            }
            return PredictorOutput(name: result.name, tensor: tensor, labels: result.labels)
        }
    }

    private func bind(_ given: [String: Tensor], to slots: inout [Tensor?]) throws(ModelError) {
        var rows: (input: String, count: Int)?
        for input in inputs {
            guard let tensor = given[input.name] else {
                throw ModelError(.signatureMismatch, "input '\(input.name)' is missing", field: input.name)
            }
            try input.check(tensor)
            if input.countsRows, let rowCount = tensor.shape.first {
                if let rows, rows.count != rowCount {
                    throw ModelError(
                        .signatureMismatch,
                        "input '\(input.name)' has \(rowCount) rows, but '\(rows.input)' has \(rows.count)",
                        field: input.name)
                }
                rows = (input.name, rowCount)
            }
            slots[input.slot] = try input.narrowed(tensor)
        }
        guard given.count > inputs.count else { return }
        let known = Set(inputs.map(\.name))
        if let extra = given.keys.sorted().first(where: { !known.contains($0) }) {
            throw ModelError(.signatureMismatch, "the model has no input '\(extra)'", field: extra)
        }
    }
}

extension ExecutionPlan.Step {
    /// Runs the kernel and names the node in what goes wrong.
    func compute(_ arguments: Arguments) throws(ModelError) -> [Tensor] {
        let values: [Tensor]
        do {
            values = try kernel.run(arguments)
        } catch {
            throw error.modelError(at: node)
        }
        guard values.count >= outputs.count else {
            throw KernelProblem(.failed, "\(outputs.count) outputs are wanted, but there are \(values.count)")
                .modelError(at: node)
        }
        return values
    }
}
