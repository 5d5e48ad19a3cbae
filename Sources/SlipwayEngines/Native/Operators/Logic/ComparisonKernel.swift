import SlipwayData
import SlipwayModel

/// `Equal`, `Less`, `LessOrEqual`, `Greater` and `GreaterOrEqual` with broadcasting.
///
/// NaN is never equal, less or greater. Texts are equal byte for byte.
final class ComparisonKernel: SingleKernel {
    enum Operation: String, CaseIterable, Sendable {
        case equal = "Equal"
        case less = "Less"
        case lessOrEqual = "LessOrEqual"
        case greater = "Greater"
        case greaterOrEqual = "GreaterOrEqual"
    }

    let operation: Operation

    init(_ operation: Operation) { self.operation = operation }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let left = try inputs.tensor(0)
        let right = try inputs.tensor(1)
        let broadcast = try Broadcast(left.shape, right.shape)
        let result: [Bool]
        switch left.elements {
        case .float32(let array): result = try compare(array, right, broadcast)
        case .float64(let array): result = try compare(array, right, broadcast)
        case .int32(let array): result = try compare(array, right, broadcast)
        case .int64(let array): result = try compare(array, right, broadcast)
        case .bool(let array): result = try equate(array, right, broadcast) { $0 == $1 }
        case .string(let array): result = try equate(array, right, broadcast, Self.areEqual)
        }
        return Tensor(result, shape: broadcast.shape)
    }

    private func compare<Scalar: NumericScalar>(
        _ left: [Scalar], _ right: Tensor, _ broadcast: Broadcast
    ) throws(KernelProblem) -> [Bool] {
        let other = try right.array(of: Scalar.self)
        switch operation {
        case .equal: return broadcast.combine(left, other) { $0 == $1 }
        case .less: return broadcast.combine(left, other) { $0 < $1 }
        case .lessOrEqual: return broadcast.combine(left, other) { $0 <= $1 }
        case .greater: return broadcast.combine(left, other) { $0 > $1 }
        case .greaterOrEqual: return broadcast.combine(left, other) { $0 >= $1 }
        }
    }

    /// Whether two texts have the same bytes.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        if let left = ShortText(inline: left), let right = ShortText(inline: right) { return left == right }
        return ByteText(left) == ByteText(right)
    }

    private func equate<Scalar: TensorScalar>(
        _ left: [Scalar], _ right: Tensor, _ broadcast: Broadcast, _ isEqual: (Scalar, Scalar) -> Bool
    ) throws(KernelProblem) -> [Bool] {
        guard operation == .equal else { throw KernelProblem(.failed, "\(right.elementType) has no order") }
        return broadcast.combine(left, try right.array(of: Scalar.self), isEqual)
    }
}
