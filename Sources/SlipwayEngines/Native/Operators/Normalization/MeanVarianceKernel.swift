import SlipwayModel

/// `MeanVarianceNormalization`: the elements along some axes brought to mean 0 and deviation 1.
final class MeanVarianceKernel: UnaryKernel {
    /// What ONNX Runtime adds to the deviation, lest it be zero.
    private static let epsilon = 1e-9
    private let axes: [Int]

    init(_ context: NodeContext) throws(KernelProblem) {
        axes = try context.integers("axes") ?? [0, 2, 3]
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let groups = Groups(input.shape, axes: try Shape.axes(axes, limit: input.shape.count))
        switch input.elements {
        case .float32(let array): return Tensor(normalized(array, groups), shape: input.shape)
        case .float64(let array): return Tensor(normalized(array, groups), shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) cannot be normalised")
        }
    }

    private func normalized<Scalar: FloatScalar>(_ array: [Scalar], _ groups: Groups) -> [Scalar] {
        var result = array
        let count = Double(groups.innerOffsets.count)
        for base in groups.outerOffsets {
            let mean = groups.innerOffsets.reduce(0) { $0 + Double(array[base + $1]) } / count
            let square = groups.innerOffsets.reduce(0) { $0 + Double(array[base + $1]) * Double(array[base + $1]) }
            let deviation = max(square / count - mean * mean, 0).squareRoot() + Self.epsilon
            for offset in groups.innerOffsets {
                result[base + offset] = Scalar((Double(array[base + offset]) - mean) / deviation)
            }
        }
        return result
    }
}
