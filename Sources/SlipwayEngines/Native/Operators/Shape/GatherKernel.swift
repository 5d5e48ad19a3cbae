import SlipwayModel

/// `Gather`: slices along one axis, in the order that a tensor of indices gives; negative ones count from the back.
final class GatherKernel: SingleKernel {
    let axis: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: 0)
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        let axis = try Shape.axis(self.axis, limit: input.shape.count)
        let indexShape = try inputs.tensor(1).shape
        let length = input.shape[axis]
        let indices = try SlicePlaces.indices(inputs.tensor(1), below: length)
        var shape = input.shape
        shape.replaceSubrange(axis...axis, with: indexShape)
        let count = try Shape.count(shape)
        let outer = try Shape.count(input.shape[..<axis])
        let inner = try Shape.count(input.shape[(axis + 1)...])
        guard count > 0 else { return Tensor(shape: shape, elements: input.elements.selecting([])) }
        return Tensor(
            shape: shape, elements: input.elements.selecting(indices, ofEach: length, blocks: outer, run: inner))
    }
}
