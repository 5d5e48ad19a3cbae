import SlipwayModel

/// `GatherElements`: for each index the element that lies there along an axis.
final class GatherElementsKernel: Kernel {
    private let axis: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: 0)
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let indices = try inputs.tensor(1)
        let places = try SlicePlaces.elements(of: input.shape, indices: indices, axis: axis)
        return [Tensor(shape: indices.shape, elements: input.elements.selecting(places))]
    }
}
