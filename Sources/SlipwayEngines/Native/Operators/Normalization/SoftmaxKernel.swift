import SlipwayModel

/// `Softmax` and `LogSoftmax`.
///
/// Before operator set 13 the dimensions from the axis on are taken together as one; since then the axis stands alone.
final class SoftmaxKernel: UnaryKernel {
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
        case .float32(let array) where !isLogarithmic && groups.stride == 1:
            return Tensor(shares(array, groups), shape: input.shape)
        case .float32(let array): return Tensor(normalized(array, groups), shape: input.shape)
        case .float64(let array): return Tensor(normalized(array, groups), shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) has no softmax")
        }
    }

    /// The shares in groups whose elements are neighbours, with all exponentials taken together.
    private func shares(_ array: [Float], _ groups: Groups) -> [Float] {
        var result = array
        result.withUnsafeMutableBufferPointer { values in
            for start in stride(from: 0, to: values.count, by: max(groups.length, 1)) {
                var highest = -Float.infinity
                for index in start..<start + groups.length { highest = max(highest, values[index]) }
                for index in start..<start + groups.length { values[index] -= highest }
            }
            VectorMath.apply(.exponential, to: values)
            for start in stride(from: 0, to: values.count, by: max(groups.length, 1)) {
                var total: Float = 0
                for index in start..<start + groups.length { total += values[index] }
                for index in start..<start + groups.length { values[index] /= total }
            }
        }
        return result
    }

    private func normalized<Scalar: FloatScalar>(_ array: [Scalar], _ groups: Groups) -> [Scalar] {
        guard groups.length > 0 else { return array }
        var result = array
        result.withUnsafeMutableBufferPointer { values in
            guard let first = values.baseAddress else { return }
            for group in 0..<groups.count {
                let start = first + groups.start(of: group)
                // A distance that the compiler knows makes a faster loop.
                if groups.stride == 1 {
                    normalize(start, count: groups.length, stride: 1)
                } else {
                    normalize(start, count: groups.length, stride: groups.stride)
                }
            }
        }
        return result
    }

    @inline(__always)
    private func normalize<Scalar: FloatScalar>(_ values: UnsafeMutablePointer<Scalar>, count: Int, stride: Int) {
        // The largest value is taken away first, so that no exponential overflows.
        var highest = -Scalar.infinity
        for index in 0..<count { highest = max(highest, values[index * stride]) }
        var total: Scalar = 0
        if isLogarithmic {
            for index in 0..<count { total += Scalar.exponential(values[index * stride] - highest) }
            let logarithm = Scalar.logarithm(total)
            for index in 0..<count { values[index * stride] = values[index * stride] - highest - logarithm }
        } else {
            for index in 0..<count {
                let share = Scalar.exponential(values[index * stride] - highest)
                values[index * stride] = share
                total += share
            }
            for index in 0..<count { values[index * stride] /= total }
        }
    }
}
