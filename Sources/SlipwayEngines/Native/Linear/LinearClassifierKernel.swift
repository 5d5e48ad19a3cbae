import SlipwayModel

/// `LinearClassifier`: a score per class, and the class with the highest.
///
/// A model of one score and two classes decides by its sign. With a logistic transform it writes the probabilities of
/// both classes; with any other one the score itself and `1 - score`, as ONNX Runtime does.
struct LinearClassifierKernel: Kernel {
    private let model: LinearScores
    private let labels: ClassLabels
    private let transform: PostTransform

    init(_ context: NodeContext) throws(KernelProblem) {
        labels = try ClassLabels(context, integers: "classlabels_ints")
        transform = try PostTransform(context)
        let coefficients = try context.floats("coefficients") ?? []
        let intercepts = try context.floats("intercepts") ?? []
        model = try LinearScores(
            coefficients: coefficients, intercepts: intercepts,
            count: intercepts.isEmpty ? labels.count : intercepts.count)
        let hasOneScore = model.count == 1 && labels.count == 2
        guard model.count == labels.count && labels.count > 1 || hasOneScore else {
            throw KernelProblem(.unsupported, "\(model.count) scores for \(labels.count) classes are not covered")
        }
        guard !(hasOneScore && transform == .probit) else {
            throw KernelProblem(.unsupported, "a probit of one score for two classes is not covered")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let (rows, raw) = try model.scores(of: inputs.tensor(0))
        if model.count == 1 {
            let classes = raw.map { $0 > 0 ? 1 : 0 }
            let pairs = raw.flatMap { score in
                transform == .logistic
                    ? [PostTransform.logistic(-score), PostTransform.logistic(score)] : [1 - score, score]
            }
            return [labels.tensor(of: classes), Tensor(pairs, shape: [rows, 2])]
        }
        var scores = raw
        var classes = [Int](repeating: 0, count: rows)
        for row in 0..<rows {
            let range = row * model.count..<(row + 1) * model.count
            var best = range.lowerBound
            for index in range where raw[index] > raw[best] { best = index }
            classes[row] = best - range.lowerBound
            transform.apply(&scores[range])
        }
        return [labels.tensor(of: classes), Tensor(scores, shape: [rows, model.count])]
    }
}
