import SlipwayModel

/// ONNX Runtime, called through its C interface with inputs that it already holds.
struct RuntimeContender: Contender {
    private let session: RuntimeSession
    private let batch: [OpaquePointer?]
    private let rows: [[OpaquePointer?]]
    private let readsLast: Bool

    /// Loads a model.
    ///
    /// - Throws: ``BenchmarkProblem`` when ONNX Runtime is absent or refuses the model.
    init(_ subject: Subject) throws {
        let bytes = try subject.modelBytes()
        let (inputs, outputs) = (subject.inputs, subject.outputNames)
        let session = try RuntimeSession(bytes, inputs: inputs.map(\.name), outputs: outputs)
        func values(of tensors: [String: Tensor]) throws -> [OpaquePointer?] {
            try inputs.map { input in
                guard let tensor = tensors[input.name] else { throw BenchmarkProblem("'\(input.name)' has no rows") }
                return try session.value(of: tensor, declared: input.type.elementType)
            }
        }
        batch = try values(of: subject.batch)
        rows = try subject.rows.map(values)
        readsLast = try session.run(rows[0]) { try session.numbers($0.last ?? nil) { _, _ in true } ?? false }
        self.session = session
    }

    func predictBatch() throws -> Double { try run(batch) }

    func predictRow(_ index: Int) throws -> Double { try run(rows[index]) }

    func answers() throws -> [Double] {
        try session.run(batch) { outputs in
            try session.numbers(outputs.last ?? nil) { floats, width in
                stride(from: width - 1, to: floats.count, by: max(width, 1)).map { Double(floats[$0]) }
            } ?? []
        }
    }

    private func run(_ inputs: [OpaquePointer?]) throws -> Double {
        try session.run(inputs) { readsLast ? session.first($0.last ?? nil) : 0 }
    }
}
