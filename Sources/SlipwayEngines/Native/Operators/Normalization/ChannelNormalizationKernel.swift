import SlipwayModel

/// `BatchNormalization` with stored statistics, and `InstanceNormalization` with those of each channel at hand.
///
/// The second dimension counts channels.
final class ChannelNormalizationKernel: Kernel {
    let hasStoredStatistics: Bool
    private let epsilon: Double

    init(_ context: NodeContext, hasStoredStatistics: Bool) throws(KernelProblem) {
        self.hasStoredStatistics = hasStoredStatistics
        epsilon = Double(try context.float("epsilon", default: 1e-5))
        let tests = hasStoredStatistics && context.opset < 7 ? try context.integer("is_test", default: 0) != 0 : true
        let trains = try context.integer("training_mode", default: 0) != 0 || !tests
        guard !trains, context.outputCount == 1, try context.integer("spatial", default: 1) == 1 else {
            throw KernelProblem(.unsupported, "training, and statistics other than one per channel, are not covered")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        switch input.elements {
        case .float32(let array): return [try normalize(array, input.shape, inputs)]
        case .float64(let array): return [try normalize(array, input.shape, inputs)]
        default: throw KernelProblem(.failed, "\(input.elementType) cannot be normalised")
        }
    }

    private func normalize<Scalar: FloatScalar>(
        _ array: [Scalar], _ shape: [Int], _ inputs: Arguments
    ) throws(KernelProblem) -> Tensor {
        guard shape.count >= 2 else { throw KernelProblem(.failed, "shape \(shape) has no channels") }
        let channels = shape[1]
        let length = try Shape.count(shape[2...])
        var statistics: [[Double]] = []
        for index in 1..<(hasStoredStatistics ? 5 : 3) {
            let values = try inputs.tensor(index).numbers(as: Double.self)
            guard values.count == channels else {
                throw KernelProblem(.failed, "input \(index) has \(values.count) values for \(channels) channels")
            }
            statistics.append(values)
        }
        guard channels > 0, length > 0 else { return Tensor(array, shape: shape) }
        let factors =
            hasStoredStatistics ? zip(statistics[0], statistics[3]).map { $0 / ($1 + epsilon).squareRoot() } : []
        var result = array
        result.withUnsafeMutableBufferPointer { values in
            var channel = 0
            for start in stride(from: 0, to: values.count, by: length) {
                let block = UnsafeMutableBufferPointer(rebasing: values[start..<start + length])
                let (mean, variance) =
                    hasStoredStatistics ? (statistics[2][channel], 0) : Self.moments(block)
                let factor =
                    hasStoredStatistics ? factors[channel] : statistics[0][channel] / (variance + epsilon).squareRoot()
                let shift = statistics[1][channel]
                for index in 0..<length { block[index] = Scalar((Double(block[index]) - mean) * factor + shift) }
                channel = channel + 1 == channels ? 0 : channel + 1
            }
        }
        return Tensor(result, shape: shape)
    }

    /// The mean and the variance of some elements.
    private static func moments<Scalar: FloatScalar>(_ values: UnsafeMutableBufferPointer<Scalar>) -> (Double, Double) {
        let count = Double(values.count)
        var mean = 0.0
        for index in 0..<values.count { mean += Double(values[index]) }
        mean /= count
        var squares = 0.0
        for index in 0..<values.count { squares += (Double(values[index]) - mean) * (Double(values[index]) - mean) }
        return (mean, squares / count)
    }
}
