import SlipwayModel

/// Which sum of an estimator is explained for a class, and what that sum is.
///
/// The score is `scale` times the sum of the target plus `shift`.
struct EstimatorScore: Equatable {
    var target: Int
    var scale: Double
    var shift: Double
    var space: Explanation.Space

    /// The score of a column of a tree ensemble's output.
    ///
    /// Two classes follow the rules of the classifier kernel: where all weights belong to one class, the other one's
    /// score is made from it.
    ///
    /// - Throws: ``KernelProblem`` of kind `unsupported` for base values whose use for two classes is no plain sum.
    init(_ origin: ScoreOrigin, of forest: DecisionForest) throws(KernelProblem) {
        var (target, sign, offset) = (origin.column, 1.0, 0.0)
        var isVote = false
        if let labels = forest.labels {
            let targets = Set(forest.weights.map(\.target))
            isVote = forest.transform == .none && forest.weights.allSatisfy { $0.value >= 0 }
            if labels.count == 2 {
                let hasSecond = targets.contains(1)
                guard forest.baseValues.count < 2, hasSecond || !forest.weights.isEmpty else {
                    throw KernelProblem(.unsupported, "base values of two classes are not explained")
                }
                if !hasSecond {
                    // All weights are the first target's, and yet they speak for the second class.
                    (target, sign) = (0, origin.column == 1 ? 1 : -1)
                    offset = origin.column == 0 && isVote ? 1 : 0
                } else if targets.count == 1, origin.column == 0 {
                    throw KernelProblem(.unsupported, "the first of two classes has no weights of its own")
                }
                if target == 0, let base = forest.baseValues.first { offset += sign * base }
            }
        }
        self.init(
            origin, target: target, sign: sign, offset: offset, transform: forest.transform,
            isProbability: isVote && forest.labels != nil, isClassifier: forest.labels != nil)
    }

    /// The score of a column of a linear model's output.
    init(_ origin: ScoreOrigin, of linear: LinearForm) {
        var (target, sign, offset) = (origin.column, 1.0, 0.0)
        if linear.targetCount == 1, linear.isClassifier, origin.column == 0 {
            (sign, offset) = (-1, linear.transform == .logistic ? 0 : 1)
        }
        if linear.targetCount == 1 { target = 0 }
        self.init(
            origin, target: target, sign: sign, offset: offset, transform: linear.transform, isProbability: false,
            isClassifier: linear.isClassifier)
    }

    private init(
        _ origin: ScoreOrigin, target: Int, sign: Double, offset: Double, transform: PostTransform,
        isProbability: Bool, isClassifier: Bool
    ) {
        self.target = target
        let hasLink = transform != .none || origin.link != .none
        // A scaling outside of the estimator's own transform does not reach the sum inside: the sum is explained alone.
        let outer = transform == .none ? (scale: origin.scale, shift: origin.shift) : (scale: 1, shift: 0)
        let complement = origin.isComplement ? -1.0 : 1.0
        scale = complement * outer.scale * sign
        shift = complement * (outer.scale * offset + outer.shift)
        if !hasLink {
            space = isProbability ? .probability : isClassifier ? .score : .prediction
        } else if transform == .logistic && origin.link == .none || transform == .none && origin.link == .logistic {
            space = .logOdds
        } else {
            space = .score
        }
    }

    /// A score in another unit says so.
    func speaking(of task: Signature.Task) -> EstimatorScore {
        var score = self
        if task.kind != .regression, score.space == .prediction { score.space = .score }
        return score
    }
}
