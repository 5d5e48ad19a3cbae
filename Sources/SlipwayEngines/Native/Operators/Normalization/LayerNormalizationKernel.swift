import SlipwayModel

/// `LayerNormalization` and `RMSNormalization`: trailing dimensions brought to a common scale, then weighted.
///
/// Means are taken in double precision. `LayerNormalization` also gives the mean and the inverse deviation.
final class LayerNormalizationKernel: Kernel {
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
        var result = array
        var means: [Float] = []
        var deviations: [Float] = []
        means.reserveCapacity(array.count / max(length, 1))
        deviations.reserveCapacity(array.count / max(length, 1))
        result.withUnsafeMutableBufferPointer { values in
            scale.withUnsafeBufferPointer { scale in
                for start in stride(from: 0, to: values.count, by: max(length, 1)) {
                    let row = UnsafeMutableBufferPointer(rebasing: values[start..<start + length])
                    let (mean, factor) = moments(of: row)
                    for index in 0..<length {
                        row[index] = Scalar((Double(row[index]) - mean) * factor) * scale[index]
                    }
                    if let shift { for index in 0..<length { row[index] += shift[index] } }
                    means.append(Float(mean))
                    deviations.append(Float(factor))
                }
            }
        }
        let kept = shape[..<axis] + inner.map { _ in 1 }
        guard try Shape.count(kept) == means.count else {
            throw KernelProblem(.failed, "there is nothing to normalise in shape \(shape)")
        }
        return [
            Tensor(result, shape: shape), Tensor(means, shape: Array(kept)), Tensor(deviations, shape: Array(kept)),
        ]
    }

    /// The mean of a row, or zero where it is not taken away, and the inverse of its deviation.
    @inline(__always)
    private func moments<Scalar: FloatScalar>(of row: UnsafeMutableBufferPointer<Scalar>) -> (Double, Double) {
        let length = Double(row.count)
        var mean = 0.0
        if isCentred {
            for index in 0..<row.count { mean += Double(row[index]) }
            mean /= length
        }
        var variance = 0.0
        for index in 0..<row.count { variance += (Double(row[index]) - mean) * (Double(row[index]) - mean) }
        return (mean, 1 / (variance / length + epsilon).squareRoot())
    }

    private func weights<Scalar: FloatScalar>(
        _ tensor: Tensor, over shape: [Int], of type: Scalar.Type
    ) throws(KernelProblem) -> [Scalar] {
        let broadcast = try Broadcast(shape, tensor.shape)
        guard broadcast.shape == shape else {
            throw KernelProblem(.failed, "weights of shape \(tensor.shape) do not fit \(shape)")
        }
        let array = try tensor.array(of: type)
        if tensor.shape == shape { return array }
        return Broadcast.sources(of: tensor.shape, in: shape, count: broadcast.count).map { array[$0] }
    }
}
