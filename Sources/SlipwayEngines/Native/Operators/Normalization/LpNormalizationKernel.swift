import SlipwayModel

/// `LpNormalization`: the elements along an axis divided by their sum of magnitudes or their length.
final class LpNormalizationKernel: UnaryKernel {
    private let axis: Int
    private let isEuclidean: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: -1)
        let order = try context.integer("p", default: 2)
        guard order == 1 || order == 2 else { throw KernelProblem(.invalid, "attribute 'p' is neither 1 nor 2") }
        isEuclidean = order == 2
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let groups = Groups(input.shape, axes: [try Shape.axis(axis, limit: input.shape.count)])
        switch input.elements {
        case .float32(let array): return Tensor(normalized(array, groups), shape: input.shape)
        case .float64(let array): return Tensor(normalized(array, groups), shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) has no norm")
        }
    }

    private func normalized<Scalar: FloatScalar>(_ array: [Scalar], _ groups: Groups) -> [Scalar] {
        var result = array
        result.withUnsafeMutableBufferPointer { values in
            guard let first = values.baseAddress else { return }
            for group in 0..<groups.count {
                let start = first + groups.start(of: group)
                var total = 0.0
                for index in 0..<groups.length {
                    let value = Double(start[index &* groups.stride])
                    total += isEuclidean ? value * value : value.magnitude
                }
                // Elements that are all zero stay zero.
                let norm = total == 0 ? 1 : Scalar(isEuclidean ? total.squareRoot() : total)
                for index in 0..<groups.length { start[index &* groups.stride] /= norm }
            }
        }
        return result
    }
}
