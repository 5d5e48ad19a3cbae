import SlipwayModel

/// `Unsqueeze`: adds dimensions of 1, given as an attribute before operator set 13 and as an input since.
final class UnsqueezeKernel: SingleKernel {
    private let axes: [Int]?

    init(_ context: NodeContext) throws(KernelProblem) {
        axes = try context.integers("axes")
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        guard let given = try inputs.integers(1) ?? axes else { throw KernelProblem(.failed, "no axes are given") }
        let rank = input.shape.count + given.count
        guard rank <= NativeLimits.dimensions else {
            throw KernelProblem(.tooLarge, "a result has \(rank) dimensions, above \(NativeLimits.dimensions)")
        }
        let added = try Shape.axes(given, limit: rank)
        var shape = input.shape
        for axis in added.sorted() { shape.insert(1, at: axis) }
        return Tensor(shape: shape, elements: input.elements)
    }
}
