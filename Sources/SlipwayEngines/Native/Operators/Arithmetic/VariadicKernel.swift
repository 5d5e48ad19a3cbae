import SlipwayModel

/// `Sum`, `Mean`, `Min` and `Max` over any number of tensors with broadcasting.
final class VariadicKernel: SingleKernel {
    enum Operation: String, CaseIterable, Sendable {
        case sum = "Sum"
        case mean = "Mean"
        case minimum = "Min"
        case maximum = "Max"
    }

    let operation: Operation

    init(_ operation: Operation) { self.operation = operation }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let tensors = try inputs.all()
        switch tensors[0].elements {
        case .float32: return try fold(tensors, of: Float.self)
        case .float64: return try fold(tensors, of: Double.self)
        case .int32: return try fold(tensors, of: Int32.self)
        case .int64: return try fold(tensors, of: Int64.self)
        case .bool, .string: throw KernelProblem(.failed, "\(tensors[0].elementType) has no arithmetic")
        }
    }

    private func fold<Scalar: NumericScalar>(_ tensors: [Tensor], of type: Scalar.Type) throws(KernelProblem) -> Tensor
    {
        var result = try tensors[0].array(of: type)
        var shape = tensors[0].shape
        for tensor in tensors.dropFirst() {
            let broadcast = try Broadcast(shape, tensor.shape)
            let next = try tensor.array(of: type)
            switch operation {
            case .sum, .mean: result = broadcast.combine(result, next, Scalar.sum)
            case .minimum: result = broadcast.combine(result, next) { Self.extreme($0, $1, prefersFirst: $0 < $1) }
            case .maximum: result = broadcast.combine(result, next) { Self.extreme($0, $1, prefersFirst: $0 > $1) }
            }
            shape = broadcast.shape
        }
        if operation == .mean {
            let count = Scalar(rounding: Double(tensors.count))
            result = result.map { Scalar.quotient($0, count) }
        }
        return Tensor(result, shape: shape)
    }

    /// One of two values; a value that is not a number wins always.
    private static func extreme<Scalar: NumericScalar>(_ left: Scalar, _ right: Scalar, prefersFirst: Bool) -> Scalar {
        left.isUndefined || (prefersFirst && !right.isUndefined) ? left : right
    }
}
