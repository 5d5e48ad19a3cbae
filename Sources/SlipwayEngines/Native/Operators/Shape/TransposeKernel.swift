import SlipwayModel

/// `Transpose`: dimensions in another order, reversed when none is given.
final class TransposeKernel: UnaryKernel {
    private let order: [Int]?

    init(_ context: NodeContext) throws(KernelProblem) {
        order = try context.integers("perm")
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let rank = input.shape.count
        let order = try Shape.axes(self.order ?? Array((0..<rank).reversed()), limit: rank)
        guard order.count == rank else {
            throw KernelProblem(.failed, "\(order.count) axes are given for \(rank) dimensions")
        }
        let strides = Shape.strides(input.shape)
        let shape = order.map { input.shape[$0] }
        let way = Odometer(shape: shape, strides: order.map { strides[$0] })
        return Tensor(shape: shape, elements: input.elements.selecting(way, count: input.count))
    }
}
