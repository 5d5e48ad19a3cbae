import SlipwayModel

/// `OneHotEncoder`: a new last dimension with 1 at the place of the category, 0 elsewhere.
///
/// Numbers are cut to whole ones before they are looked up.
final class OneHotEncoderKernel: UnaryKernel {
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
        var result = [Float](0, times: try Shape.count(shape))
        var unknown: Int?
        let isRightType = result.withUnsafeMutableBufferPointer { result in
            forEachPlace(of: input, from: 0, by: 1, count: input.count) { index, place in
                if place >= 0 { result[index &* count &+ place] = 1 } else { unknown = unknown ?? index }
            }
        }
        guard isRightType else { throw KernelProblem(.failed, "categories are not \(input.elementType)") }
        if let unknown, !allowsUnknown { throw KernelProblem(.failed, "element \(unknown) is an unknown category") }
        return Tensor(result, shape: shape)
    }

    /// Finds the place of the category, which is negative for an unknown one, of every so many elements.
    ///
    /// - Returns: Whether the elements are of a type that the categories may have.
    @inline(__always)
    func forEachPlace(
        of input: Tensor, from start: Int, by step: Int, count: Int, _ take: (_ index: Int, _ place: Int) -> Void
    ) -> Bool {
        @inline(__always)
        func each<Key>(_ array: [Key], _ find: (Key) -> Int) {
            array.withUnsafeBufferPointer { array in
                for index in 0..<count { take(index, find(array[start &+ index &* step])) }
            }
        }
        switch (categories, input.elements) {
        case (.texts(let places), .string(let array)):
            places.forEachPlace(of: array, from: start, by: step, count: count, take)
        case (.numbers(let places), .int64(let array)): each(array) { places.place(of: $0) }
        case (.numbers(let places), .int32(let array)): each(array) { places.place(of: Int64($0)) }
        case (.numbers(let places), .float32(let array)): each(array) { places.place(of: Int64(rounding: Double($0))) }
        case (.numbers(let places), .float64(let array)): each(array) { places.place(of: Int64(rounding: $0)) }
        default: return false
        }
        return true
    }
}
