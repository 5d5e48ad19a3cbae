import SlipwayModel

/// `ArgMax` and `ArgMin`: where along an axis the extreme lies; of equal ones the first, or the last on request.
struct ExtremeIndexKernel: UnaryKernel {
    private let isMaximum: Bool
    private let axis: Int
    private let keepsDimensions: Bool
    private let prefersLast: Bool

    init(_ context: NodeContext, isMaximum: Bool) throws(KernelProblem) {
        self.isMaximum = isMaximum
        axis = try context.integer("axis", default: 0)
        keepsDimensions = try context.integer("keepdims", default: 1) != 0
        prefersLast = try context.integer("select_last_index", default: 0) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let axis = try Shape.axis(axis, limit: input.shape.count)
        let groups = Groups(input.shape, axes: [axis])
        guard groups.outerCount == 0 || !groups.innerOffsets.isEmpty else {
            throw KernelProblem(.failed, "no elements to compare along axis \(axis)")
        }
        let shape = keepsDimensions ? groups.keptShape : groups.reducedShape
        switch input.elements {
        case .float32(let array): return Tensor(indices(array, groups), shape: shape)
        case .float64(let array): return Tensor(indices(array, groups), shape: shape)
        case .int32(let array): return Tensor(indices(array, groups), shape: shape)
        case .int64(let array): return Tensor(indices(array, groups), shape: shape)
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) has no order")
        }
    }

    private func indices<Scalar: NumericScalar>(_ array: [Scalar], _ groups: Groups) -> [Int64] {
        groups.outerOffsets.map { base in
            var best = 0
            for index in groups.innerOffsets.indices.dropFirst() {
                let next = array[base + groups.innerOffsets[index]]
                let held = array[base + groups.innerOffsets[best]]
                let isBetter = isMaximum ? next > held : next < held
                if isBetter || (prefersLast && next == held) { best = index }
            }
            return Int64(best)
        }
    }
}
