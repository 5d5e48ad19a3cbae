import SlipwayModel

/// `BitwiseAnd`, `BitwiseOr`, `BitwiseXor` and `BitShift` on whole numbers, with broadcasting.
final class BitKernel: Kernel {
    enum Operation: Sendable {
        case and, or, exclusiveOr, shiftLeft, shiftRight
    }

    let operation: Operation

    init(_ operation: Operation) { self.operation = operation }

    /// A shift in the direction that the attribute names.
    init(shift context: NodeContext) throws(KernelProblem) {
        switch try context.string("direction") {
        case "LEFT": operation = .shiftLeft
        case "RIGHT": operation = .shiftRight
        default: throw KernelProblem(.invalid, "attribute 'direction' is neither LEFT nor RIGHT")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let left = try inputs.tensor(0)
        let broadcast = try Broadcast(left.shape, try inputs.tensor(1).shape)
        switch left.elements {
        case .int32(let array): return [try combine(array, inputs.tensor(1), broadcast)]
        case .int64(let array): return [try combine(array, inputs.tensor(1), broadcast)]
        default: throw KernelProblem(.failed, "\(left.elementType) has no bits to combine")
        }
    }

    private func combine<Scalar: WholeScalar>(
        _ left: [Scalar], _ right: Tensor, _ broadcast: Broadcast
    ) throws(KernelProblem) -> Tensor {
        let other = try right.array(of: Scalar.self)
        let result: [Scalar] =
            switch operation {
            case .and: broadcast.combine(left, other) { $0 & $1 }
            case .or: broadcast.combine(left, other) { $0 | $1 }
            case .exclusiveOr: broadcast.combine(left, other) { $0 ^ $1 }
            case .shiftLeft: broadcast.combine(left, other) { $0 << $1 }
            case .shiftRight: broadcast.combine(left, other) { $0 >> $1 }
            }
        return Tensor(result, shape: broadcast.shape)
    }
}
