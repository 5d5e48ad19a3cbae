import SlipwayModel

/// `Expand`: a tensor stretched by broadcasting with a shape.
final class ExpandKernel: SingleKernel {
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        guard let wanted = try inputs.integers(1) else { throw KernelProblem(.failed, "input 1 is missing") }
        let shape = try Broadcast.common(input.shape, wanted)
        let count = try Shape.count(shape)
        let way = Broadcast.way(through: input.shape, in: shape)
        return Tensor(shape: shape, elements: input.elements.selecting(way, count: count))
    }
}
