import SlipwayModel

/// `ArgMax` and `ArgMin`: where along an axis the extreme lies; of equal ones the first, or the last on request.
final class ExtremeIndexKernel: UnaryKernel {
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
        guard groups.count == 0 || groups.length > 0 else {
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
        switch (isMaximum, prefersLast) {
        case (true, false): indices(array, groups) { $0 > $1 }
        case (true, true): indices(array, groups) { $0 >= $1 }
        case (false, false): indices(array, groups) { $0 < $1 }
        case (false, true): indices(array, groups) { $0 <= $1 }
        }
    }

    @inline(__always)
    private func indices<Scalar: NumericScalar>(
        _ array: [Scalar], _ groups: Groups, _ replaces: (Scalar, Scalar) -> Bool
    ) -> [Int64] {
        [Int64](unwritten: groups.count) { result, written in
            array.withUnsafeBufferPointer { array in
                for group in 0..<groups.count {
                    let start = groups.start(of: group)
                    var best = 0
                    var held = array[start]
                    for index in 1..<max(groups.length, 1) {
                        let next = array[start + index * groups.stride]
                        // Told without branches, which no processor could foresee.
                        let isBetter = replaces(next, held)
                        best = isBetter ? index : best
                        held = isBetter ? next : held
                    }
                    result[group] = Int64(best)
                }
            }
            written = groups.count
        }
    }
}
