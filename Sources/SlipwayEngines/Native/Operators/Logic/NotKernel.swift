import SlipwayModel

/// `Not`: the opposite of each truth value.
final class NotKernel: UnaryKernel {
    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        Tensor(try input.array(of: Bool.self).transformed { !$0 }, shape: input.shape)
    }
}
