import SlipwayModel

/// `Binarizer`: 1 above a threshold, 0 elsewhere; NaN is refused, as ONNX Runtime does.
final class BinarizerKernel: UnaryKernel {
    let threshold: Float

    init(_ context: NodeContext) throws(KernelProblem) {
        threshold = try context.float("threshold", default: 0)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let limit = Double(threshold)
        switch input.elements {
        case .float32(let array):
            try refuseUndefined(array)
            return Tensor(array.transformed { $0 > threshold ? 1 as Float : 0 }, shape: input.shape)
        case .float64(let array):
            try refuseUndefined(array)
            return Tensor(array.transformed { $0 > limit ? 1 as Double : 0 }, shape: input.shape)
        case .int32(let array):
            return Tensor(array.transformed { Double($0) > limit ? 1 as Int32 : 0 }, shape: input.shape)
        case .int64(let array):
            return Tensor(array.transformed { Double($0) > limit ? 1 as Int64 : 0 }, shape: input.shape)
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) has no threshold")
        }
    }

    private func refuseUndefined<Scalar: FloatScalar>(_ array: [Scalar]) throws(KernelProblem) {
        guard let index = array.firstIndex(where: \.isNaN) else { return }
        throw KernelProblem(.failed, "element \(index) is NaN, which is neither above nor below a threshold")
    }
}
