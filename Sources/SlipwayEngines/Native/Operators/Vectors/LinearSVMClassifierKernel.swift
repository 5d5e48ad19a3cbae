import SlipwayModel

/// `SVMClassifier` without vectors: a score per class, each a weighted sum of the features.
///
/// The class with the highest score wins. Of two classes ONNX Runtime takes the second one whenever any score is
/// above 0, or above 0.5 when no coefficient is negative, and so does this kernel.
struct LinearSVMClassifierKernel: Kernel {
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
        var classes: [Int] = []
        var all: [Float] = []
        try vectors.forEachRow(of: inputs.tensor(0)) { _, products in
            var scores = products.map { $0 + intercept }
            let best = scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
            let isSecond = secondClassLimit.map { $0 == 0 ? scores[best] > 0 : scores[best] >= $0 } ?? false
            classes.append(isSecond ? 1 : best)
            transform.apply(&scores)
            all += scores
        }
        return [labels.tensor(of: classes), Tensor(all, shape: [classes.count, labels.count])]
    }
}
