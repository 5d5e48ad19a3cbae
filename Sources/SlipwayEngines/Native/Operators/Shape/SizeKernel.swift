import SlipwayModel

/// `Size`: the number of elements.
final class SizeKernel: UnaryKernel {
    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        Tensor([Int64(input.count)], shape: [])
    }
}
