import SlipwayModel

/// `Reshape`: the same elements in another shape; 0 keeps a dimension, -1 takes what is left.
final class ReshapeKernel: SingleKernel {
    let allowsZero: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        allowsZero = try context.integer("allowzero", default: 0) != 0
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        guard let wanted = try inputs.integers(1) else { throw KernelProblem(.failed, "input 1 is missing") }
        var shape = wanted
        for index in wanted.indices where wanted[index] == 0 && !allowsZero {
            guard index < input.shape.count else { throw misfit(input, wanted) }
            shape[index] = input.shape[index]
        }
        let open = shape.firstIndex(of: -1)
        guard open == shape.lastIndex(of: -1) else { throw misfit(input, wanted) }
        if let index = open {
            shape[index] = 1
            let known = try Shape.count(shape)
            guard known > 0, input.count.isMultiple(of: known) else { throw misfit(input, wanted) }
            shape[index] = input.count / known
        }
        guard try Shape.count(shape) == input.count else { throw misfit(input, wanted) }
        return Tensor(shape: shape, elements: input.elements)
    }

    private func misfit(_ input: Tensor, _ wanted: [Int]) -> KernelProblem {
        KernelProblem(.failed, "shape \(input.shape) cannot become \(wanted)")
    }
}
