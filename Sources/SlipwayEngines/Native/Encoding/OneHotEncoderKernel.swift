import SlipwayData
import SlipwayModel

/// `OneHotEncoder`: a new last dimension with 1 at the place of the category, 0 elsewhere.
///
/// Numbers are cut to whole ones before they are looked up.
struct OneHotEncoderKernel: UnaryKernel {
    private let texts: [ByteText: Int]
    private let integers: [Int64: Int]
    private let count: Int
    /// Whether an unknown category gives a row of zeros instead of an error.
    private let allowsUnknown: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let texts = try context.strings("cats_strings") ?? []
        let integers = try context.integers("cats_int64s") ?? []
        guard texts.isEmpty != integers.isEmpty else {
            throw KernelProblem(.invalid, "categories must be texts or integers, and not both")
        }
        // Of a category named twice the last place counts, as in ONNX Runtime.
        self.texts = Dictionary(texts.enumerated().map { (ByteText($1), $0) }, uniquingKeysWith: { $1 })
        self.integers = Dictionary(integers.enumerated().map { (Int64($1), $0) }, uniquingKeysWith: { $1 })
        count = max(texts.count, integers.count)
        allowsUnknown = try context.integer("zeros", default: 1) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let places: [Int?]
        switch input.elements {
        case .string(let array) where !texts.isEmpty: places = array.map { texts[ByteText($0)] }
        case .int64(let array) where texts.isEmpty: places = array.map { integers[$0] }
        case .int32(let array) where texts.isEmpty: places = array.map { integers[Int64($0)] }
        case .float32(let array) where texts.isEmpty: places = array.map { integers[Int64(rounding: Double($0))] }
        case .float64(let array) where texts.isEmpty: places = array.map { integers[Int64(rounding: $0)] }
        default: throw KernelProblem(.failed, "categories are not \(input.elementType)")
        }
        let shape = input.shape + [count]
        var result = [Float](repeating: 0, count: try Shape.count(shape))
        for (index, place) in places.enumerated() {
            if let place {
                result[index * count + place] = 1
            } else if !allowsUnknown {
                throw KernelProblem(.failed, "element \(index) is an unknown category")
            }
        }
        return Tensor(result, shape: shape)
    }
}
