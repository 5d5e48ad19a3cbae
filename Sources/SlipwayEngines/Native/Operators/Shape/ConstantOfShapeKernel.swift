import SlipwayModel

/// `ConstantOfShape`: a tensor of a given shape, filled with one value.
final class ConstantOfShapeKernel: SingleKernel {
    let value: Tensor.Elements

    init(_ context: NodeContext) throws(KernelProblem) {
        let given = try context.tensor("value")
        guard given.map({ $0.count == 1 }) ?? true else {
            throw KernelProblem(.invalid, "attribute 'value' must hold one element")
        }
        value = given?.elements ?? .float32([0])
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        guard let shape = try inputs.integers(0) else { throw KernelProblem(.failed, "input 0 is missing") }
        let count = try Shape.count(shape)
        return Tensor(shape: shape, elements: value.repeatingFirst(count: count))
    }
}
