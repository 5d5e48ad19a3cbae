import SlipwayModel

/// `LpNormalization`: the elements along an axis divided by their sum of magnitudes or their length.
struct LpNormalizationKernel: UnaryKernel {
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
        for base in groups.outerOffsets {
            let total = groups.innerOffsets.reduce(0.0) { total, offset in
                let value = Double(array[base + offset])
                return total + (isEuclidean ? value * value : value.magnitude)
            }
            // Elements that are all zero stay zero.
            let norm = total == 0 ? 1 : Scalar(isEuclidean ? total.squareRoot() : total)
            for offset in groups.innerOffsets { result[base + offset] = array[base + offset] / norm }
        }
        return result
    }
}
