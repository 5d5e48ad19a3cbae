import SlipwayModel

/// `Identity`: the input itself.
final class IdentityKernel: UnaryKernel {
    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor { input }
}
