import SlipwayModel

/// `CumSum`: sums of the elements so far along an axis, from either end, with or without the element itself.
final class RunningSumKernel: Kernel {
    private let isExclusive: Bool
    private let isReversed: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        isExclusive = try context.integer("exclusive", default: 0) != 0
        isReversed = try context.integer("reverse", default: 0) != 0
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        guard let axis = try inputs.integers(1)?.first else { throw KernelProblem(.failed, "the axis is missing") }
        let groups = Groups(input.shape, axes: [try Shape.axis(axis, limit: input.shape.count)])
        switch input.elements {
        case .float32(let array): return [Tensor(summed(array, groups), shape: input.shape)]
        case .float64(let array): return [Tensor(summed(array, groups), shape: input.shape)]
        case .int32(let array): return [Tensor(summed(array, groups), shape: input.shape)]
        case .int64(let array): return [Tensor(summed(array, groups), shape: input.shape)]
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) has no sums")
        }
    }

    private func summed<Scalar: NumericScalar>(_ array: [Scalar], _ groups: Groups) -> [Scalar] {
        var result = array
        result.withUnsafeMutableBufferPointer { values in
            guard let first = values.baseAddress else { return }
            for group in 0..<groups.count {
                let start = first + groups.start(of: group)
                var total = Scalar(rounding: 0)
                for index in 0..<groups.length {
                    let place = (isReversed ? groups.length &- 1 &- index : index) &* groups.stride
                    let next = Scalar.sum(total, start[place])
                    start[place] = isExclusive ? total : next
                    total = next
                }
            }
        }
        return result
    }
}
