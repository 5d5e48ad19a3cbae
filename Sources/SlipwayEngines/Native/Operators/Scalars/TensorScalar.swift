import SlipwayModel

/// One of the six types that tensors store, so that a kernel can be written once for all of them.
protocol TensorScalar: Sendable, Equatable {
    /// The array of this type inside a tensor, or `nil` when it holds another type.
    static func array(of elements: Tensor.Elements) -> [Self]?
    /// The array as the elements of a tensor.
    static func elements(_ array: [Self]) -> Tensor.Elements
}

extension Float: TensorScalar {
    static func array(of elements: Tensor.Elements) -> [Float]? {
        if case .float32(let array) = elements { array } else { nil }
    }
    static func elements(_ array: [Float]) -> Tensor.Elements { .float32(array) }
}

extension Double: TensorScalar {
    static func array(of elements: Tensor.Elements) -> [Double]? {
        if case .float64(let array) = elements { array } else { nil }
    }
    static func elements(_ array: [Double]) -> Tensor.Elements { .float64(array) }
}

extension Int32: TensorScalar {
    static func array(of elements: Tensor.Elements) -> [Int32]? {
        if case .int32(let array) = elements { array } else { nil }
    }
    static func elements(_ array: [Int32]) -> Tensor.Elements { .int32(array) }
}

extension Int64: TensorScalar {
    static func array(of elements: Tensor.Elements) -> [Int64]? {
        if case .int64(let array) = elements { array } else { nil }
    }
    static func elements(_ array: [Int64]) -> Tensor.Elements { .int64(array) }
}

extension Bool: TensorScalar {
    static func array(of elements: Tensor.Elements) -> [Bool]? {
        if case .bool(let array) = elements { array } else { nil }
    }
    static func elements(_ array: [Bool]) -> Tensor.Elements { .bool(array) }
}

extension String: TensorScalar {
    static func array(of elements: Tensor.Elements) -> [String]? {
        if case .string(let array) = elements { array } else { nil }
    }
    static func elements(_ array: [String]) -> Tensor.Elements { .string(array) }
}

extension Tensor {
    /// A tensor of a scalar type.
    init<Scalar: TensorScalar>(_ array: [Scalar], shape: [Int]) {
        self.init(shape: shape, elements: Scalar.elements(array))
    }

    /// The elements of a tensor of whole numbers, such as axes, a shape or indices.
    var wholeNumbers: [Int]? {
        switch elements {
        case .int64(let values): values.map { Int($0) }
        case .int32(let values): values.map { Int($0) }
        default: nil
        }
    }

    /// The elements of a type, or a problem that names both types.
    func array<Scalar: TensorScalar>(of type: Scalar.Type) throws(KernelProblem) -> [Scalar] {
        guard let array = Scalar.array(of: elements) else {
            throw KernelProblem(.failed, "input is \(elementType), not \(Scalar.elements([]).elementTypeName)")
        }
        return array
    }
}

extension Tensor.Elements {
    /// The name of the element type, for messages.
    var elementTypeName: String {
        switch self {
        case .float32: "float32"
        case .float64: "float64"
        case .int32: "int32"
        case .int64: "int64"
        case .bool: "bool"
        case .string: "string"
        }
    }
}
