import SlipwayModel

/// `ArrayFeatureExtractor`: chosen elements of the last dimension.
final class FeatureExtractorKernel: SingleKernel {
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        let indices = try inputs.integers(1) ?? []
        guard let width = input.shape.last else { throw KernelProblem(.failed, "a scalar has no features") }
        guard !indices.isEmpty, indices.allSatisfy({ 0 <= $0 && $0 < width }) else {
            throw KernelProblem(.failed, "features \(indices.prefix(16)) are not among \(width)")
        }
        let outer = try Shape.count(input.shape.dropLast())
        var shape = input.shape.count == 1 ? [1, width] : input.shape
        shape[shape.count - 1] = indices.count
        _ = try Shape.count(shape)
        return Tensor(shape: shape, elements: input.elements.selecting(indices, ofEach: width, blocks: outer))
    }
}
