import SlipwayModel

/// `SVMClassifier`: a decision for every pair of classes; the class with the most votes wins.
///
/// With `prob_a` and `prob_b` the scores are probabilities of the classes, else the decisions themselves.
struct SVMClassifierKernel: Kernel {
    private let vectors: SupportVectors
    private let labels: ClassLabels
    private let transform: PostTransform
    private let decisions: [PairDecision]
    /// Whether scores are probabilities.
    private var hasProbabilities: Bool { decisions.first?.probability != nil }

    /// The decision between two classes.
    private struct PairDecision: Sendable {
        let first: Int
        let second: Int
        /// The weight of each vector that has a part in it.
        let weights: [(vector: Int, weight: Float)]
        let intercept: Double
        /// The slope and the offset of the logistic function that makes a probability of the decision.
        let probability: (slope: Float, offset: Float)?

        func value(_ kernels: [Float]) -> Double {
            weights.reduce(intercept) { $0 + Double($1.weight * kernels[$1.vector]) }
        }
    }

    init(_ context: NodeContext) throws(KernelProblem) {
        labels = try ClassLabels(context, integers: "classlabels_ints")
        transform = try PostTransform(context)
        let coefficients = try context.floats("coefficients") ?? []
        let counts = try context.integers("vectors_per_class") ?? []
        guard counts.count == labels.count, counts.allSatisfy({ 0...coefficients.count ~= $0 }), labels.count > 1 else {
            throw KernelProblem(.unsupported, "\(counts.count) counts of vectors for \(labels.count) classes")
        }
        let total = counts.reduce(0, +)
        vectors = try SupportVectors(
            try context.floats("support_vectors") ?? [], count: total, kernel: VectorKernelFunction(context))
        guard coefficients.count == total * (labels.count - 1) else {
            throw KernelProblem(.invalid, "\(coefficients.count) coefficients are given for \(total) vectors")
        }
        decisions = try Self.decisions(context, coefficients, counts: counts)
    }

    private static func decisions(
        _ context: NodeContext, _ coefficients: [Float], counts: [Int]
    ) throws(KernelProblem) -> [PairDecision] {
        let total = counts.reduce(0, +)
        let pairs = counts.count * (counts.count - 1) / 2
        let intercepts = try context.floats("rho") ?? []
        let slopes = try context.floats("prob_a") ?? []
        let offsets = try context.floats("prob_b") ?? []
        guard intercepts.count == pairs, slopes.count == offsets.count, slopes.isEmpty || slopes.count == pairs else {
            throw KernelProblem(.invalid, "\(intercepts.count) intercepts are given for \(pairs) pairs of classes")
        }
        let starts = counts.indices.map { counts[..<$0].reduce(0, +) }
        var decisions: [PairDecision] = []
        for first in counts.indices {
            for second in counts.indices.dropFirst(first + 1) {
                let index = decisions.count
                func weights(_ own: Int, row: Int) -> [(vector: Int, weight: Float)] {
                    (starts[own]..<starts[own] + counts[own]).map { ($0, coefficients[row * total + $0]) }
                }
                decisions.append(
                    PairDecision(
                        first: first, second: second,
                        weights: weights(first, row: second - 1) + weights(second, row: first),
                        intercept: Double(intercepts[index]),
                        probability: slopes.isEmpty ? nil : (slopes[index], offsets[index])))
            }
        }
        return decisions
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        var classes: [Int] = []
        var scores: [Float] = []
        try vectors.forEachRow(of: inputs.tensor(0)) { _, kernels in
            let values = decisions.map { $0.value(kernels) }
            classes.append(winner(values))
            scores += self.scores(values.map { Float($0) })
        }
        let width = hasProbabilities ? labels.count : max(decisions.count, 2)
        return [labels.tensor(of: classes), Tensor(scores, shape: [classes.count, width])]
    }

    /// The class with the most votes, the first one among equals.
    private func winner(_ values: [Double]) -> Int {
        var votes = [Int](repeating: 0, count: labels.count)
        for (decision, value) in zip(decisions, values) { votes[value > 0 ? decision.first : decision.second] += 1 }
        return votes.indices.reduce(0) { votes[$1] > votes[$0] ? $1 : $0 }
    }

    private func scores(_ values: [Float]) -> [Float] {
        var scores = values
        if hasProbabilities {
            scores = probabilities(values)
        } else if values.count == 1 {
            // ONNX Runtime gives a single decision to both classes in a way of its own for each transform.
            switch transform {
            case .none: return [-values[0], values[0]]
            case .logistic: return [PostTransform.logistic(-values[0]), PostTransform.logistic(values[0])]
            case .softmax, .softmaxZero, .probit: return [1 - values[0], values[0]]
            }
        }
        transform.apply(&scores)
        return scores
    }

    private func probabilities(_ values: [Float]) -> [Float] {
        let classes = labels.count
        var pairs = [Float](repeating: 0, count: classes * classes)
        for (decision, value) in zip(decisions, values) {
            guard let probability = decision.probability else { continue }
            let exact = 1 - PostTransform.logistic(value * probability.slope + probability.offset)
            let kept = min(max(exact, 1e-7), 1 - 1e-7)
            pairs[decision.first * classes + decision.second] = kept
            pairs[decision.second * classes + decision.first] = 1 - kept
        }
        return PairwiseProbabilities.coupled(pairs, classes: classes)
    }
}
