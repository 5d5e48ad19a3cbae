import SlipwayModel

/// A table from keys of one type to values of another, with a value for unknown keys.
struct LabelEncoderKernel: UnaryKernel {
    /// Where each key stands.
    private enum Keys: Sendable {
        case texts(TextPlaces)
        case numbers(NumberPlaces)
    }

    private let keys: Keys
    private let keyType: ElementType
    /// The values of the keys, then that of an unknown key and that of a NaN, which equals no key in the table.
    let values: Tensor.Elements
    private let unknown: Int
    private let undefined: Int

    /// Makes the table; of a key given twice the first counts.
    ///
    /// - Parameters:
    ///   - values: One value per key, and the one for unknown keys.
    ///   - findsUndefined: Whether a NaN in the input finds a NaN among the keys, as since version 4 of the operator.
    init<Key: TableKey, Value: TensorScalar>(
        keys: [Key], values: [Value], standard: Value, findsUndefined: Bool = false
    ) throws(KernelProblem) {
        guard keys.count == values.count else {
            throw KernelProblem(.invalid, "\(keys.count) keys have \(values.count) values")
        }
        guard keys.count <= NativeLimits.elements else {
            throw KernelProblem(.tooLarge, "there are more than \(NativeLimits.elements) keys")
        }
        switch Key.elements(keys) {
        case .string(let texts): self.keys = .texts(TextPlaces(texts, prefersLast: false))
        default: self.keys = .numbers(NumberPlaces(keys.compactMap { $0.identity as? Int64 }, prefersLast: false))
        }
        keyType = Tensor(keys, shape: [keys.count]).elementType
        self.values = Value.elements(values + [standard])
        unknown = values.count
        undefined = (findsUndefined ? keys.firstIndex { $0 != $0 } : nil) ?? values.count
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        Tensor(shape: input.shape, elements: values.selecting(try places(of: input)))
    }

    /// For each element the place of its value in ``values``.
    func places(of input: Tensor) throws(KernelProblem) -> [Int] {
        switch (keys, input.elements) {
        case (.texts(let table), .string(let array)): return array.transformed { known(table.place(of: $0)) }
        case (.numbers(let table), .int64(let array)) where keyType == .int64:
            return array.transformed { known(table.place(of: $0)) }
        case (.numbers(let table), .int32(let array)) where keyType == .int32:
            return array.transformed { known(table.place(of: Int64($0))) }
        case (.numbers(let table), .float32(let array)) where keyType == .float32:
            return array.transformed { $0.isNaN ? undefined : known(table.place(of: $0.identity)) }
        case (.numbers(let table), .float64(let array)) where keyType == .float64:
            return array.transformed { $0.isNaN ? undefined : known(table.place(of: $0.identity)) }
        default: throw KernelProblem(.failed, "input is \(input.elementType), not \(keyType)")
        }
    }

    @inline(__always)
    private func known(_ place: Int) -> Int { place < 0 ? unknown : place }
}
