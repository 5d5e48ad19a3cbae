import SlipwayModel

/// `SVMRegressor`: a weighted sum of kernels, or with `one_class` its sign, which tells inliers from outliers.
///
/// As in ONNX Runtime no post-transform is applied.
struct SVMRegressorKernel: UnaryKernel {
    private let vectors: SupportVectors
    /// The weight of each vector, and the intercept.
    private let weights: LinearScores
    private let isOneClass: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let coefficients = try context.floats("coefficients") ?? []
        let count = try context.integer("n_supports", default: 0)
        let kernel = try VectorKernelFunction(context)
        let given: [Float]
        if count > 0 {
            vectors = try SupportVectors(try context.floats("support_vectors") ?? [], count: count, kernel: kernel)
            given = coefficients
        } else {
            guard kernel.kind == .linear else {
                throw KernelProblem(.invalid, "without vectors the kernel must be LINEAR")
            }
            vectors = try SupportVectors(coefficients, count: 1, kernel: kernel)
            given = [1]
        }
        guard given.count == vectors.count, let rho = try context.floats("rho")?.first else {
            throw KernelProblem(.invalid, "\(vectors.count) vectors need as many coefficients, and an intercept")
        }
        weights = try LinearScores(coefficients: given, intercepts: [rho], count: 1)
        isOneClass = try context.integer("one_class", default: 0) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, values) = try vectors.features(of: input)
        var result = [Float](repeating: 0, count: rows)
        result.withUnsafeMutableBufferPointer { result in
            vectors.compare(values, rows: rows) { first, count, kernels in
                weights.score(kernels, rows: count) { start, count, sums in
                    for row in 0..<count {
                        let sum = sums[row * weights.lanes]
                        result[first + start + row] = isOneClass ? (sum > 0 ? 1 : -1) : Float(sum)
                    }
                }
            }
        }
        return Tensor(result, shape: [rows, 1])
    }
}
