import SlipwayModel

/// `BitwiseNot`: every bit of a whole number turned.
final class BitwiseNotKernel: UnaryKernel {
    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        switch input.elements {
        case .int32(let array): return Tensor(array.map { ~$0 }, shape: input.shape)
        case .int64(let array): return Tensor(array.map { ~$0 }, shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) has no bits to turn")
        }
    }
}
