import SlipwayModel

/// `Flatten`: the dimensions before an axis become rows, the others columns.
final class FlattenKernel: UnaryKernel {
    let axis: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: 1)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let rank = input.shape.count
        guard axis >= -rank, axis <= rank else {
            throw KernelProblem(.failed, "axis \(axis) is out of range for \(rank) dimensions")
        }
        let split = axis < 0 ? axis + rank : axis
        let rows = try Shape.count(input.shape[..<split])
        let columns = try Shape.count(input.shape[split...])
        return Tensor(shape: [rows, columns], elements: input.elements)
    }
}
