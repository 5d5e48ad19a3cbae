import SlipwayModel

/// `Compress`: the slices along an axis, or the elements without one, whose condition is true.
final class CompressKernel: Kernel {
    private let axis: Int?

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis")
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let shape = axis == nil ? [input.count] : input.shape
        let axis = try Shape.axis(axis ?? 0, limit: shape.count)
        let condition = try inputs.tensor(1).array(of: Bool.self)
        guard condition.count <= shape[axis] else {
            throw KernelProblem(.failed, "\(condition.count) conditions are given for a dimension of \(shape[axis])")
        }
        let kept = condition.indices.filter { condition[$0] }
        var result = shape
        result[axis] = kept.count
        let inner = try Shape.count(shape[(axis + 1)...])
        let outer = try Shape.count(shape[..<axis])
        guard try Shape.count(result) > 0 else {
            return [Tensor(shape: result, elements: input.elements.selecting([]))]
        }
        return [
            Tensor(
                shape: result,
                elements: input.elements.selecting(kept, ofEach: shape[axis], blocks: outer, run: inner))
        ]
    }
}
