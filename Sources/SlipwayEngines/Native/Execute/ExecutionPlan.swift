import SlipwayModel

/// A graph as a list of steps over numbered values.
///
/// Names are resolved once, at load. A value is dropped after the last step that reads it.
struct ExecutionPlan: Sendable {
    /// A graph output and where its value lies.
    struct Result: Sendable {
        let name: String
        var value: Arguments.Operand
        /// The class of each column, where a `ZipMap` names them.
        let labels: [String]?
    }

    var inputs: [InputBinding] = []
    var steps: [Step] = []
    var results: [Result] = []
    /// The number of values that a run has to hold.
    var valueCount = 0

    /// Runs all steps.
    func run(_ given: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
        try withUnsafeTemporaryAllocation(of: Tensor?.self, capacity: valueCount) { values throws(ModelError) in
            values.initialize(repeating: nil)
            defer { values.deinitialize() }
            try bind(given, to: values)
            try Step.run(steps, on: values)
            return try answers(from: values)
        }
    }

    private func bind(_ given: [String: Tensor], to values: UnsafeMutableBufferPointer<Tensor?>) throws(ModelError) {
        var first: (input: Int, rowCount: Int)?
        for (index, input) in inputs.enumerated() {
            guard let tensor = given[input.name] else {
                throw ModelError(.signatureMismatch, "input '\(input.name)' is missing", field: input.name)
            }
            try input.check(tensor)
            if input.countsRows, let rowCount = tensor.shape.first {
                if let first, first.rowCount != rowCount {
                    throw ModelError(
                        .signatureMismatch,
                        "input '\(input.name)' has \(rowCount) rows, "
                            + "but '\(inputs[first.input].name)' has \(first.rowCount)",
                        field: input.name)
                }
                first = (index, rowCount)
            }
            values[input.value] = try input.narrowed(tensor)
        }
        guard given.count > inputs.count else { return }
        let known = Set(inputs.map(\.name))
        if let extra = given.keys.sorted().first(where: { !known.contains($0) }) {
            throw ModelError(.signatureMismatch, "the model has no input '\(extra)'", field: extra)
        }
    }

    private func answers(
        from values: UnsafeMutableBufferPointer<Tensor?>
    ) throws(ModelError) -> [PredictorOutput] {
        var answers: [PredictorOutput] = []
        answers.reserveCapacity(results.count)
        for index in results.indices {
            let tensor: Tensor? =
                switch results[index].value {
                case .absent: nil
                case .constant(let tensor), .numbers(let tensor, _): tensor
                case .value(let number): values[number]
                }
            guard let tensor else {
                throw ModelError(.inferenceFailed, "output '\(results[index].name)' was not computed")
            }
            answers.append(PredictorOutput(name: results[index].name, tensor: tensor, labels: results[index].labels))
        }
        return answers
    }
}
