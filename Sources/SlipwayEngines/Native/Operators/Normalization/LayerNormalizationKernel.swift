import SlipwayModel

/// `LayerNormalization` and `RMSNormalization`: trailing dimensions brought to a common scale, then weighted.
///
/// Means are taken in double precision. `LayerNormalization` also gives the mean and the inverse deviation.
struct LayerNormalizationKernel: Kernel {
    /// Whether the mean is taken away first.
    let isCentred: Bool
    private let axis: Int
    private let epsilon: Double

    init(_ context: NodeContext, isCentred: Bool) throws(KernelProblem) {
        self.isCentred = isCentred
        axis = try context.integer("axis", default: -1)
        epsilon = Double(try context.float("epsilon", default: 1e-5))
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        switch input.elements {
        case .float32(let array): return try normalize(array, input.shape, inputs)
        case .float64(let array): return try normalize(array, input.shape, inputs)
        default: throw KernelProblem(.failed, "\(input.elementType) cannot be normalised")
        }
    }

    private func normalize<Scalar: FloatScalar>(
        _ array: [Scalar], _ shape: [Int], _ inputs: Arguments
    ) throws(KernelProblem) -> [Tensor] {
        let axis = try Shape.axis(axis, limit: shape.count)
        let inner = Array(shape[axis...])
        let length = try Shape.count(inner)
        let scale = try weights(inputs.tensor(1), over: inner, of: Scalar.self)
        let shift = try inputs.optional(2).map { tensor throws(KernelProblem) in
            try weights(tensor, over: inner, of: Scalar.self)
        }
        var result: [Scalar] = []
        var means: [Float] = []
        var deviations: [Float] = []
        result.reserveCapacity(array.count)
        for start in stride(from: 0, to: array.count, by: max(length, 1)) {
            let row = array[start..<start + length]
            let mean = isCentred ? row.reduce(0) { $0 + Double($1) } / Double(length) : 0
            let variance = row.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(length)
            let factor = 1 / (variance + epsilon).squareRoot()
            for (index, value) in row.enumerated() {
                let scaled = Scalar((Double(value) - mean) * factor) * scale[index]
                result.append(shift.map { scaled + $0[index] } ?? scaled)
            }
            means.append(Float(mean))
            deviations.append(Float(factor))
        }
        let kept = shape[..<axis] + inner.map { _ in 1 }
        guard try Shape.count(kept) == means.count else {
            throw KernelProblem(.failed, "there is nothing to normalise in shape \(shape)")
        }
        return [
            Tensor(result, shape: shape), Tensor(means, shape: Array(kept)), Tensor(deviations, shape: Array(kept)),
        ]
    }

    private func weights<Scalar: FloatScalar>(
        _ tensor: Tensor, over shape: [Int], of type: Scalar.Type
    ) throws(KernelProblem) -> [Scalar] {
        let broadcast = try Broadcast(shape, tensor.shape)
        guard broadcast.shape == shape else {
            throw KernelProblem(.failed, "weights of shape \(tensor.shape) do not fit \(shape)")
        }
        let array = try tensor.array(of: type)
        return Broadcast.sources(of: tensor.shape, in: shape, count: broadcast.count).map { array[$0] }
    }
}
