import SlipwayModel

/// `Squeeze`: removes dimensions of 1, given as an attribute before operator set 13 and as an input since.
final class SqueezeKernel: SingleKernel {
    private let axes: [Int]?

    init(_ context: NodeContext) throws(KernelProblem) {
        axes = try context.integers("axes")
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        let removed: [Int]
        if let given = try inputs.integers(1) ?? axes {
            removed = try Shape.axes(given, limit: input.shape.count)
        } else {
            removed = input.shape.indices.filter { input.shape[$0] == 1 }
        }
        guard removed.allSatisfy({ input.shape[$0] == 1 }) else {
            throw KernelProblem(.failed, "shape \(input.shape) has dimensions other than 1 at axes \(removed)")
        }
        let shape = input.shape.indices.filter { !removed.contains($0) }.map { input.shape[$0] }
        return Tensor(shape: shape, elements: input.elements)
    }
}
