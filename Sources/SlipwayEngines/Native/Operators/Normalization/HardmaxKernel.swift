import SlipwayModel

/// `Hardmax`: 1 at the first of the largest elements along an axis, 0 elsewhere.
///
/// Before operator set 13 the dimensions from the axis on are taken together as one, as by `Softmax`.
final class HardmaxKernel: UnaryKernel {
    private let axis: Int
    private let takesTrailingTogether: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        takesTrailingTogether = context.opset < 13
        axis = try context.integer("axis", default: takesTrailingTogether ? 1 : -1)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let axis = try Shape.axis(axis, limit: input.shape.count)
        let groups = Groups(input.shape, axes: takesTrailingTogether ? Array(axis..<input.shape.count) : [axis])
        switch input.elements {
        case .float32(let array): return Tensor(marked(array, groups), shape: input.shape)
        case .float64(let array): return Tensor(marked(array, groups), shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) has no largest element")
        }
    }

    private func marked<Scalar: FloatScalar>(_ array: [Scalar], _ groups: Groups) -> [Scalar] {
        var result = [Scalar](repeating: 0, count: array.count)
        guard groups.length > 0 else { return result }
        array.withUnsafeBufferPointer { array in
            result.withUnsafeMutableBufferPointer { result in
                for group in 0..<groups.count {
                    var best = groups.start(of: group)
                    var next = best
                    for _ in 1..<groups.length {
                        next += groups.stride
                        if array[next] > array[best] { best = next }
                    }
                    result[best] = 1
                }
            }
        }
        return result
    }
}
