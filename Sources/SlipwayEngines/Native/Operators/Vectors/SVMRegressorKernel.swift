import SlipwayModel

/// `SVMRegressor`: a weighted sum of kernels, or with `one_class` its sign, which tells inliers from outliers.
///
/// As in ONNX Runtime no post-transform is applied.
final class SVMRegressorKernel: UnaryKernel {
    /// The vectors with one weight each, and the intercept.
    private let sums: VectorSums
    private let isOneClass: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let coefficients = try context.floats("coefficients") ?? []
        let count = try context.integer("n_supports", default: 0)
        let kernel = try VectorKernelFunction(context)
        let given: [Float]
        let vectors: SupportVectors
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
        sums = try VectorSums(vectors, weights: given, starts: [rho], sums: 1, counts: [vectors.count])
        isOneClass = try context.integer("one_class", default: 0) != 0
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, values) = try sums.vectors.features(of: input)
        let result = [Float](unwritten: rows) { result, written in
            sums.add(values, rows: rows) { block in
                for row in 0..<block.rows {
                    let sum = block[row, 0]
                    result[block.first &+ row] = isOneClass ? (sum > 0 ? 1 : -1) : Float(sum)
                }
            }
            written = rows
        }
        return Tensor(result, shape: [rows, 1])
    }
}
