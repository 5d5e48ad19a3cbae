import SlipwayModel

/// `CastLike`: the first input in the element type of the second.
final class CastLikeKernel: Kernel {
    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        [try CastKernel(target: inputs.tensor(1).elementType).apply(inputs.tensor(0))]
    }
}
