import SlipwayModel

/// `GatherND`: the slices that tuples of indices name.
final class GatherSlicesKernel: Kernel {
    private let batch: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        batch = try context.integer("batch_dims", default: 0)
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let indices = try inputs.tensor(1)
        let places = try SlicePlaces(of: input.shape, indices: indices, batch: batch)
        let shape = indices.shape.dropLast() + places.sliceShape
        return [Tensor(shape: Array(shape), elements: input.elements.selecting(places.all))]
    }
}
