import SlipwayModel

/// A table from keys of one type to values of another, with a value for unknown keys.
struct LabelEncoderKernel<Key: TableKey, Value: TensorScalar>: UnaryKernel {
    private let table: [Key.Identity: Value]
    private let standard: Value
    /// The value of a NaN in the input, which equals no key in the table.
    private let undefined: Value

    /// Makes the table; of a key given twice the first counts.
    ///
    /// - Parameter findsUndefined: Whether a NaN in the input finds a NaN among the keys, as since version 4 of the
    ///   operator.
    init(keys: [Key], values: [Value], standard: Value, findsUndefined: Bool = false) throws(KernelProblem) {
        guard keys.count == values.count else {
            throw KernelProblem(.invalid, "\(keys.count) keys have \(values.count) values")
        }
        table = Dictionary(zip(keys, values).map { ($0.identity, $1) }, uniquingKeysWith: { first, _ in first })
        self.standard = standard
        let found = findsUndefined ? zip(keys, values).first { key, _ in key != key }?.1 : nil
        undefined = found ?? standard
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let keys = try input.array(of: Key.self)
        return Tensor(keys.map { $0 == $0 ? table[$0.identity] ?? standard : undefined }, shape: input.shape)
    }
}
