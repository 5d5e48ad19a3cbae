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
        let rows = length == 0 ? 0 : array.count / length
        var means = [Float](repeating: 0, count: rows)
        var deviations = means
        let result = [Scalar](unsafeUninitializedCapacity: array.count) { result, written in
            array.withUnsafeBufferPointer { array in
                for row in 0..<rows {
                    let range = row * length..<(row + 1) * length
                    let (mean, factor) = moments(UnsafeBufferPointer(rebasing: array[range]))
                    for (index, place) in range.enumerated() {
                        let scaled = Scalar((Double(array[place]) - mean) * factor) * scale[index]
                        result.initializeElement(at: place, to: shift.map { scaled + $0[index] } ?? scaled)
                    }
                    means[row] = Float(mean)
                    deviations[row] = Float(factor)
                }
            }
            written = array.count
        }
        let kept = shape[..<axis] + inner.map { _ in 1 }
        guard try Shape.count(kept) == means.count else {
            throw KernelProblem(.failed, "there is nothing to normalise in shape \(shape)")
        }
        return [
            Tensor(result, shape: shape), Tensor(means, shape: Array(kept)), Tensor(deviations, shape: Array(kept)),
        ]
    }

    /// The mean, if it is taken away, and the inverse deviation of a row.
    private func moments<Scalar: FloatScalar>(_ row: UnsafeBufferPointer<Scalar>) -> (mean: Double, factor: Double) {
        var mean = 0.0
        if isCentred {
            for index in 0..<row.count { mean += Double(row[index]) }
            mean /= Double(row.count)
        }
        var variance = 0.0
        for index in 0..<row.count { variance += (Double(row[index]) - mean) * (Double(row[index]) - mean) }
        return (mean, 1 / (variance / Double(row.count) + epsilon).squareRoot())
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
