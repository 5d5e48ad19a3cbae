import SlipwayModel

/// A table from keys of one type to values of another, with a value for unknown keys.
struct LabelEncoderKernel<Key: TensorScalar & Hashable, Value: TensorScalar>: UnaryKernel {
    private let table: [Key: Value]
    private let standard: Value
    /// The value of a NaN key, which equals no key in the table.
    private let undefined: Value

    /// Makes the table; of a key given twice the first counts.
    init(keys: [Key], values: [Value], standard: Value) throws(KernelProblem) {
        guard keys.count == values.count else {
            throw KernelProblem(.invalid, "\(keys.count) keys have \(values.count) values")
        }
        table = Dictionary(zip(keys, values).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
        self.standard = standard
        undefined = zip(keys, values).first { key, _ in key != key }?.1 ?? standard
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let keys = try input.array(of: Key.self)
        return Tensor(keys.map { $0 == $0 ? table[$0] ?? standard : undefined }, shape: input.shape)
    }
}
