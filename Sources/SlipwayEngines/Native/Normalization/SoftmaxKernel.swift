import SlipwayModel

/// `Softmax` and `LogSoftmax`.
///
/// Before operator set 13 the dimensions from the axis on are taken together as one; since then the axis stands alone.
struct SoftmaxKernel: UnaryKernel {
    private let isLogarithmic: Bool
    private let axis: Int
    private let takesTrailingTogether: Bool

    init(_ context: NodeContext, isLogarithmic: Bool) throws(KernelProblem) {
        self.isLogarithmic = isLogarithmic
        takesTrailingTogether = context.opset < 13
        axis = try context.integer("axis", default: takesTrailingTogether ? 1 : -1)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let axis = try Shape.axis(axis, limit: input.shape.count)
        let axes = takesTrailingTogether ? Array(axis..<input.shape.count) : [axis]
        let groups = Groups(input.shape, axes: axes)
        switch input.elements {
        case .float32(let array): return Tensor(normalized(array, groups), shape: input.shape)
        case .float64(let array): return Tensor(normalized(array, groups), shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) has no softmax")
        }
    }

    private func normalized<Scalar: FloatScalar>(_ array: [Scalar], _ groups: Groups) -> [Scalar] {
        var result = array
        for base in groups.outerOffsets where !groups.innerOffsets.isEmpty {
            // The largest value is taken away first, so that no exponential overflows.
            let highest = groups.innerOffsets.reduce(-Scalar.infinity) { max($0, array[base + $1]) }
            var total: Scalar = 0
            for offset in groups.innerOffsets {
                let share = Scalar.exponential(array[base + offset] - highest)
                result[base + offset] = share
                total += share
            }
            for offset in groups.innerOffsets {
                if isLogarithmic {
                    result[base + offset] = array[base + offset] - highest - Scalar.logarithm(total)
                } else {
                    result[base + offset] /= total
                }
            }
        }
        return result
    }
}
