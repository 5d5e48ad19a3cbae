import SlipwayModel

/// A table from keys of one type to values of another, with a value for unknown keys.
final class LabelEncoderKernel: UnaryKernel {
    /// Where each key stands.
    enum Keys: Sendable {
        case texts(TextPlaces)
        case numbers(NumberPlaces)
    }

    private let keys: Keys
    let keyType: ElementType
    /// The values of the keys, then that of an unknown key and that of a NaN, which equals no key in the table.
    private let values: Tensor.Elements
    /// The same values in single precision; empty for texts.
    let figures: [Float]
    let valueType: ElementType
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
        self.keys = Key.table(of: keys)
        keyType = Tensor(keys, shape: [keys.count]).elementType
        let table = Tensor(values + [standard], shape: [values.count + 1])
        self.values = table.elements
        figures = table.asDoubles?.map { Float($0) } ?? []
        valueType = table.elementType
        unknown = values.count
        undefined = (findsUndefined ? keys.firstIndex { $0 != $0 } : nil) ?? values.count
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        Tensor(shape: input.shape, elements: values.selecting(try places(of: input)))
    }

    /// For each element the place of its value in ``values``.
    private func places(of input: Tensor) throws(KernelProblem) -> [Int] {
        var isRightType = true
        let places = [Int](unwritten: input.count) { places, written in
            isRightType = forEachPlace(of: input, from: 0, by: 1, count: input.count) { index, place in
                places[index] = place
            }
            written = isRightType ? input.count : 0
        }
        guard isRightType else { throw KernelProblem(.failed, "input is \(input.elementType), not \(keyType)") }
        return places
    }

    /// Finds the place of the value, in the list that ends with the one of unknown keys, of every so many elements.
    ///
    /// - Returns: Whether the elements are of the type of the keys.
    @inline(__always)
    func forEachPlace(
        of input: Tensor, from start: Int, by step: Int, count: Int, _ take: (_ index: Int, _ place: Int) -> Void
    ) -> Bool {
        @inline(__always)
        func each<Key>(_ array: [Key], _ find: (Key) -> Int) {
            array.withUnsafeBufferPointer { array in
                for index in 0..<count { take(index, find(array[start + index * step])) }
            }
        }
        switch (keys, input.elements) {
        case (.texts(let table), .string(let array)):
            table.forEachPlace(of: array, from: start, by: step, count: count) { take($0, known($1)) }
        case (.numbers(let table), .int64(let array)) where keyType == .int64:
            each(array) { known(table.place(of: $0)) }
        case (.numbers(let table), .int32(let array)) where keyType == .int32:
            each(array) { known(table.place(of: Int64($0))) }
        case (.numbers(let table), .float32(let array)) where keyType == .float32:
            each(array) { $0.isNaN ? undefined : known(table.place(of: $0.identity)) }
        case (.numbers(let table), .float64(let array)) where keyType == .float64:
            each(array) { $0.isNaN ? undefined : known(table.place(of: $0.identity)) }
        default: return false
        }
        return true
    }

    @inline(__always)
    private func known(_ place: Int) -> Int { place < 0 ? unknown : place }
}
