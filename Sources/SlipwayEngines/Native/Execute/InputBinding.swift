import SlipwayModel

/// A graph input, the value that it fills, and what may be put there.
///
/// It is a class for the reason that a ``Kernel`` is one.
final class InputBinding: Sendable {
    let name: String
    /// The number of the value.
    let value: Int
    /// The form in which tensors store the declared element type.
    let elementType: ElementType
    /// The element type that the graph declares.
    let declaredType: ElementType
    /// The declared dimensions; `nil` where the graph leaves the rank or a dimension open.
    let shape: [Int?]?

    /// Whether the first dimension varies with the number of rows.
    let countsRows: Bool

    /// Binds a declared input to the value of a number.
    init(_ input: GraphValue, value: Int) throws(ModelError) {
        name = input.name
        self.value = value
        guard case .tensor(let type, let shape) = input.type else {
            throw ModelError(.unsupportedModel, "input '\(input.name)' is not a tensor", field: input.name)
        }
        elementType = type.stored
        declaredType = type
        self.shape = shape
        countsRows = shape.map { !$0.isEmpty && $0[0] == nil } ?? false
    }

    /// Refuses a tensor of another type or shape.
    func check(_ tensor: Tensor) throws(ModelError) {
        guard tensor.elementType == elementType else {
            throw mismatch("holds \(tensor.elementType), but the model reads \(elementType)")
        }
        do throws(KernelProblem) {
            _ = try Shape.count(tensor.shape)
        } catch {
            throw ModelError(.limitExceeded, "input '\(name)': \(error.message)", field: name)
        }
        guard let shape else { return }
        guard fits(tensor.shape, shape) else {
            let wanted = shape.map { $0.map(String.init) ?? "?" }.joined(separator: ", ")
            throw mismatch("has shape \(tensor.shape), but the model reads [\(wanted)]")
        }
    }

    /// The tensor as its declared type would hold it: half precision is rounded, a whole number out of range refused.
    ///
    /// - Complexity: O(elements) for a type that tensors keep in a wider one, else O(1).
    func narrowed(_ tensor: Tensor) throws(ModelError) -> Tensor {
        switch tensor.elements {
        case .float32(let array) where declaredType == .float16:
            return Tensor(array.map { Float(halfBits: $0.halfBits) }, shape: tensor.shape)
        case .int64(let array):
            guard let range = declaredType.wholeRange, let odd = array.first(where: { !range.contains($0) }) else {
                return tensor
            }
            throw mismatch(
                "holds \(odd), but its \(declaredType) goes from \(range.lowerBound) to \(range.upperBound)")
        default: return tensor
        }
    }

    private func fits(_ given: [Int], _ declared: [Int?]) -> Bool {
        guard given.count == declared.count else { return false }
        for index in given.indices {
            if let dimension = declared[index], dimension != given[index] { return false }
        }
        return true
    }

    private func mismatch(_ text: String) -> ModelError {
        ModelError(.signatureMismatch, "input '\(name)' \(text)", field: name)
    }
}

extension ElementType {
    /// The type in which tensors keep elements of this one.
    var stored: ElementType {
        switch self {
        case .float16: .float32
        case .uint8, .int8, .uint16, .int16, .uint32, .uint64: .int64
        case .float32, .float64, .int32, .int64, .bool, .string: self
        }
    }
}
