import SlipwayModel

/// `Constant`: a tensor kept in an attribute.
final class ConstantKernel: SingleKernel {
    private let value: Tensor

    init(_ context: NodeContext) throws(KernelProblem) {
        if let tensor = try context.tensor("value") {
            _ = try Shape.count(tensor.shape)
            value = tensor
        } else if let number = try context.float("value_float") {
            value = Tensor([number], shape: [])
        } else if let numbers = try context.floats("value_floats") {
            value = Tensor(numbers, shape: [numbers.count])
        } else if let whole = try context.integer("value_int") {
            value = Tensor([Int64(whole)], shape: [])
        } else if let wholes = try context.integers("value_ints") {
            value = Tensor(wholes.map { Int64($0) }, shape: [wholes.count])
        } else if let text = try context.string("value_string") {
            value = Tensor([text], shape: [])
        } else if let texts = try context.strings("value_strings") {
            value = Tensor(texts, shape: [texts.count])
        } else {
            throw KernelProblem(.unsupported, "the constant has no value, or a sparse one")
        }
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor { value }
}
