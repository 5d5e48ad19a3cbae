import SlipwayModel

/// `OneHotEncoder`: a new last dimension with 1 at the place of the category, 0 elsewhere.
///
/// Numbers are cut to whole ones before they are looked up.
struct OneHotEncoderKernel: UnaryKernel {
    /// The categories.
    enum Categories: Sendable {
        case texts(TextPlaces)
        case numbers(NumberPlaces)
    }

    let categories: Categories
    /// The number of categories.
    let count: Int
    /// Whether an unknown category gives a row of zeros instead of an error.
    let allowsUnknown: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let texts = try context.strings("cats_strings") ?? []
        let integers = try context.integers("cats_int64s") ?? []
        guard texts.isEmpty != integers.isEmpty else {
            throw KernelProblem(.invalid, "categories must be texts or integers, and not both")
        }
        count = max(texts.count, integers.count)
        guard count <= NativeLimits.elements else {
            throw KernelProblem(.tooLarge, "there are more than \(NativeLimits.elements) categories")
        }
        // Of a category named twice the last place counts, as in ONNX Runtime.
        categories =
            texts.isEmpty
            ? .numbers(NumberPlaces(integers.map { Int64($0) }, prefersLast: true))
            : .texts(TextPlaces(texts, prefersLast: true))
        allowsUnknown = try context.integer("zeros", default: 1) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let shape = input.shape + [count]
        let size = try Shape.count(shape)
        let result: [Float]
        switch (categories, input.elements) {
        case (.texts(let places), .string(let array)): result = try encode(array, size) { places.place(of: $0) }
        case (.numbers(let places), .int64(let array)): result = try encode(array, size) { places.place(of: $0) }
        case (.numbers(let places), .int32(let array)): result = try encode(array, size) { places.place(of: Int64($0)) }
        case (.numbers(let places), .float32(let array)):
            result = try encode(array, size) { places.place(of: Int64(rounding: Double($0))) }
        case (.numbers(let places), .float64(let array)):
            result = try encode(array, size) { places.place(of: Int64(rounding: $0)) }
        default: throw KernelProblem(.failed, "categories are not \(input.elementType)")
        }
        return Tensor(result, shape: shape)
    }

    @inline(__always)
    private func encode<Key>(
        _ keys: [Key], _ size: Int, _ place: (Key) -> Int
    ) throws(KernelProblem) -> [Float] {
        var result = [Float](repeating: 0, count: size)
        for index in keys.indices {
            let place = place(keys[index])
            if place >= 0 {
                result[index * count + place] = 1
            } else if !allowsUnknown {
                throw KernelProblem(.failed, "element \(index) is an unknown category")
            }
        }
        return result
    }
}
