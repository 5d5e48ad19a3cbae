import SlipwayModel

/// `BatchNormalization` with stored statistics, and `InstanceNormalization` with those of each channel at hand.
///
/// The second dimension counts channels.
struct ChannelNormalizationKernel: Kernel {
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
        var result = array
        for block in 0..<(channels == 0 || length == 0 ? 0 : array.count / length) {
            let channel = block % channels
            let range = block * length..<(block + 1) * length
            let (mean, variance) =
                hasStoredStatistics
                ? (statistics[2][channel], statistics[3][channel]) : Self.moments(array[range])
            let factor = statistics[0][channel] / (variance + epsilon).squareRoot()
            let shift = statistics[1][channel]
            for index in range { result[index] = Scalar((Double(array[index]) - mean) * factor + shift) }
        }
        return Tensor(result, shape: shape)
    }

    private static func moments<Scalar: FloatScalar>(_ values: ArraySlice<Scalar>) -> (Double, Double) {
        let mean = values.reduce(0) { $0 + Double($1) } / Double(values.count)
        return (mean, values.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(values.count))
    }
}
