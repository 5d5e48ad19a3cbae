import SlipwayModel

/// `SVMRegressor`: a weighted sum of kernels, or with `one_class` its sign, which tells inliers from outliers.
///
/// As in ONNX Runtime no post-transform is applied.
struct SVMRegressorKernel: UnaryKernel {
    private let vectors: SupportVectors
    /// The weight of each vector.
    private let weights: [Float]
    private let intercept: Double
    private let isOneClass: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let coefficients = try context.floats("coefficients") ?? []
        let count = try context.integer("n_supports", default: 0)
        let kernel = try VectorKernelFunction(context)
        if count > 0 {
            vectors = try SupportVectors(try context.floats("support_vectors") ?? [], count: count, kernel: kernel)
            weights = coefficients
        } else {
            guard kernel.kind == .linear else {
                throw KernelProblem(.invalid, "without vectors the kernel must be LINEAR")
            }
            vectors = try SupportVectors(coefficients, count: 1, kernel: kernel)
            weights = [1]
        }
        guard weights.count == vectors.count, let rho = try context.floats("rho")?.first else {
            throw KernelProblem(.invalid, "\(vectors.count) vectors need as many coefficients, and an intercept")
        }
        intercept = Double(rho)
        isOneClass = try context.integer("one_class", default: 0) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        var result: [Float] = []
        try vectors.forEachRow(of: input) { _, kernels in
            let sum = zip(weights, kernels).reduce(intercept) { $0 + Double($1.0 * $1.1) }
            result.append(isOneClass ? (sum > 0 ? 1 : -1) : Float(sum))
        }
        return Tensor(result, shape: [result.count, 1])
    }
}
