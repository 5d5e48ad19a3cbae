import SlipwayModel

/// `NonZero`: the coordinates of all elements that are not zero, one row per dimension.
final class NonZeroKernel: UnaryKernel {
    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        guard let values = input.asDoubles else { throw KernelProblem(.failed, "text is neither zero nor not") }
        let places = values.indices.filter { values[$0] != 0 }
        // A scalar counts as a vector of one element.
        let shape = input.shape.isEmpty ? [1] : input.shape
        let coordinates = zip(Shape.strides(shape), shape).flatMap { stride, length in
            places.map { Int64($0 / stride % length) }
        }
        return Tensor(coordinates, shape: [shape.count, places.count])
    }
}
