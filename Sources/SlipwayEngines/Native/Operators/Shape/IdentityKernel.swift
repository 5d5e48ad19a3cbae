import SlipwayModel

/// `Identity`: the input itself.
struct IdentityKernel: UnaryKernel {
    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor { input }
}
