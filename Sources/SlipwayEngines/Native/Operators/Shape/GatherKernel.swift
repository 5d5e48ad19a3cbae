import SlipwayModel

/// `Gather`: slices along one axis, in the order that a tensor of indices gives; negative ones count from the back.
struct GatherKernel: SingleKernel {
    let axis: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: 0)
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        let axis = try Shape.axis(self.axis, limit: input.shape.count)
        let indexShape = try inputs.tensor(1).shape
        let length = input.shape[axis]
        let indices = try (try inputs.integers(1) ?? []).map { index throws(KernelProblem) in
            guard index >= -length, index < length else {
                throw KernelProblem(.failed, "index \(index) is out of range for a dimension of \(length)")
            }
            return index < 0 ? index + length : index
        }
        let shape = Array(input.shape[..<axis]) + indexShape + Array(input.shape[(axis + 1)...])
        let count = try Shape.count(shape)
        let outer = try Shape.count(input.shape[..<axis])
        let inner = try Shape.count(input.shape[(axis + 1)...])
        guard count > 0 else { return Tensor(shape: shape, elements: input.elements.selecting([])) }
        let places = inner == 1 ? indices : indices.flatMap { $0 * inner..<($0 + 1) * inner }
        return Tensor(
            shape: shape, elements: input.elements.selecting(places, ofEach: length * inner, blocks: outer))
    }
}
