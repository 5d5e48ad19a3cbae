import SlipwayModel

/// `SVMClassifier` without vectors: a score per class, each a weighted sum of the features.
///
/// The class with the highest score wins. Of two classes ONNX Runtime takes the second one whenever any score is
/// above 0, or above 0.5 when no coefficient is negative, and so does this kernel.
final class LinearSVMClassifierKernel: Kernel {
    /// The coefficients of each class, in the place of vectors.
    private let vectors: SupportVectors
    private let labels: ClassLabels
    private let transform: PostTransform
    private let intercept: Float
    private let secondClassLimit: Float?

    init(_ context: NodeContext) throws(KernelProblem) {
        let coefficients = try context.floats("coefficients") ?? []
        let kernel = try VectorKernelFunction(context)
        labels = try ClassLabels(context, integers: "classlabels_ints")
        transform = try PostTransform(context)
        vectors = try SupportVectors(coefficients, count: labels.count, kernel: kernel)
        guard let intercept = try context.floats("rho")?.first, kernel.kind == .linear, !context.has("prob_a") else {
            throw KernelProblem(.unsupported, "without vectors only a linear kernel without probabilities is covered")
        }
        self.intercept = intercept
        let hasOnlyPositiveWeights = coefficients.allSatisfy { $0 >= 0 }
        secondClassLimit = labels.count == 2 ? (hasOnlyPositiveWeights ? 0.5 : 0) : nil
        guard labels.count > 1 else { throw KernelProblem(.unsupported, "a single class is not covered") }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let (rows, values) = try vectors.features(of: inputs.tensor(0))
        var classes = [Int](0, times: rows)
        let width = labels.count
        let scores = [Float](unwritten: rows * width) { all, written in
            vectors.compare(values, rows: rows) { first, count, products in
                guard let start = all.baseAddress.map({ $0 + first * width }) else { return }
                for index in 0..<count * width { start[index] = products[index] + intercept }
                for row in 0..<count { classes[first + row] = decide(start + row * width) }
            }
            written = rows * width
        }
        return [labels.tensor(of: classes), Tensor(scores, shape: [rows, width])]
    }

    /// Finishes the scores of a row and returns its class.
    private func decide(_ scores: UnsafeMutablePointer<Float>) -> Int {
        var best = 0
        for index in 1..<labels.count where scores[index] > scores[best] { best = index }
        let isSecond = secondClassLimit.map { $0 == 0 ? scores[best] > 0 : scores[best] >= $0 } ?? false
        transform.apply(scores, count: labels.count)
        return isSecond ? 1 : best
    }
}
