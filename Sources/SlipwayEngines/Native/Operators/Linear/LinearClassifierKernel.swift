import SlipwayModel

/// `LinearClassifier`: a score per class, and the class with the highest.
///
/// A model of one score and two classes decides by its sign. With a logistic transform it writes the probabilities of
/// both classes; with any other one the score itself and `1 - score`, as ONNX Runtime does.
struct LinearClassifierKernel: Kernel {
    let model: LinearScores
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
        let (rows, values) = try model.features(of: inputs.tensor(0), answerWidth: answerWidth)
        return answers(rows: rows) { model.score(values, rows: rows, $0) }
    }
}

extension LinearClassifierKernel: LinearConsumer {
    var answerWidth: Int { labels.count }

    func answers(rows: Int, from source: (LinearConsumer.Take) -> Void) -> [Tensor] {
        var classes = [Int](repeating: 0, count: rows)
        var scores = [Float](repeating: 0, count: rows * labels.count)
        let width = labels.count
        classes.withUnsafeMutableBufferPointer { classes in
            scores.withUnsafeMutableBufferPointer { scores in
                guard let start = scores.baseAddress else { return }
                source { first, count, sums in
                    for row in 0..<count {
                        classes[first + row] = decide(sums + row * model.lanes, start + (first + row) * width)
                    }
                }
            }
        }
        return [labels.tensor(of: classes), Tensor(scores, shape: [rows, width])]
    }

    /// Writes the scores of a row and returns its class.
    @inline(__always)
    private func decide(_ sums: UnsafePointer<Double>, _ scores: UnsafeMutablePointer<Float>) -> Int {
        if model.count == 1 {
            let score = Float(sums[0])
            let isLogistic = transform == .logistic
            scores[0] = isLogistic ? PostTransform.logistic(-score) : 1 - score
            scores[1] = isLogistic ? PostTransform.logistic(score) : score
            return score > 0 ? 1 : 0
        }
        var best = 0
        for index in 0..<model.count {
            scores[index] = Float(sums[index])
            if scores[index] > scores[best] { best = index }
        }
        transform.apply(scores, count: model.count)
        return best
    }
}
