import SlipwayModel

/// `EyeLike`: ones on a diagonal of a matrix of given shape, zeros elsewhere.
final class EyeLikeKernel: UnaryKernel {
    private let diagonal: Int
    private let type: ElementType?

    init(_ context: NodeContext) throws(KernelProblem) {
        diagonal = try context.integer("k", default: 0)
        guard let number = try context.integer("dtype") else {
            type = nil
            return
        }
        guard let type = ElementType(rawValue: number), type != .string else {
            throw KernelProblem(.unsupported, "attribute 'dtype' names no number type that is covered")
        }
        self.type = type
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        guard input.shape.count == 2 else { throw KernelProblem(.failed, "shape \(input.shape) is no matrix") }
        let (rows, columns) = (input.shape[0], input.shape[1])
        let bound = max(-rows, min(columns, diagonal))
        let ones: [Int64] = (0..<input.count).map { $0 % columns - $0 / columns == bound ? 1 : 0 }
        return try CastKernel(target: type ?? input.elementType).apply(Tensor(ones, shape: input.shape))
    }
}
