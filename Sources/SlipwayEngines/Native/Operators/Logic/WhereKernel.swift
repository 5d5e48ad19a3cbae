import SlipwayModel

/// `Where`: elements of the second input where the first is true, of the third elsewhere, with broadcasting.
struct WhereKernel: SingleKernel {
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let condition = try inputs.tensor(0)
        let chosen = try inputs.tensor(1)
        switch chosen.elements {
        case .float32(let array): return try choose(condition, array, chosen.shape, inputs)
        case .float64(let array): return try choose(condition, array, chosen.shape, inputs)
        case .int32(let array): return try choose(condition, array, chosen.shape, inputs)
        case .int64(let array): return try choose(condition, array, chosen.shape, inputs)
        case .bool(let array): return try choose(condition, array, chosen.shape, inputs)
        case .string(let array): return try choose(condition, array, chosen.shape, inputs)
        }
    }

    private func choose<Scalar: TensorScalar>(
        _ condition: Tensor, _ chosen: [Scalar], _ chosenShape: [Int], _ inputs: Arguments
    ) throws(KernelProblem) -> Tensor {
        let other = try inputs.tensor(2)
        let others = try other.array(of: Scalar.self)
        let truths = try condition.array(of: Bool.self)
        let pair = try Broadcast.common(chosenShape, other.shape)
        let shape = try Broadcast.common(condition.shape, pair)
        let count = try Shape.count(shape)
        guard count > 0 else { return Tensor([Scalar](), shape: shape) }
        let truthSources = Broadcast.sources(of: condition.shape, in: shape, count: count)
        let chosenSources = Broadcast.sources(of: chosenShape, in: shape, count: count)
        let otherSources = Broadcast.sources(of: other.shape, in: shape, count: count)
        let result = (0..<count).map {
            truths[truthSources[$0]] ? chosen[chosenSources[$0]] : others[otherSources[$0]]
        }
        return Tensor(result, shape: shape)
    }
}
