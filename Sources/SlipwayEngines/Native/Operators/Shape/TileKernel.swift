import SlipwayModel

/// `Tile`: a tensor repeated a number of times along each dimension.
final class TileKernel: SingleKernel {
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        guard let repeats = try inputs.integers(1), repeats.count == input.shape.count else {
            throw KernelProblem(.failed, "repeats are not one number per dimension")
        }
        guard repeats.allSatisfy({ 0...NativeLimits.elements ~= $0 }) else {
            throw KernelProblem(.tooLarge, "repeats \(repeats) are negative or above \(NativeLimits.elements)")
        }
        let shape = zip(input.shape, repeats).map { $0 * $1 }
        let count = try Shape.count(shape)
        // Each dimension is seen as two: the repeats, which stand still in the source, and the dimension itself.
        let paired = zip(repeats, input.shape).flatMap { [$0, $1] }
        let strides = Shape.strides(input.shape).flatMap { [0, $0] }
        return Tensor(
            shape: shape, elements: input.elements.selecting(Odometer(shape: paired, strides: strides), count: count))
    }
}
