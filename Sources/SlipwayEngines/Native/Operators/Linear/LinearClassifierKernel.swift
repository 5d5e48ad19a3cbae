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
        let width = labels.count
        // A source that gives up half-way leaves classes that must have a label nevertheless.
        var classes = [Int](repeating: 0, count: rows)
        var scores = [Float](repeating: 0, count: rows * width)
        classes.withUnsafeMutableBufferPointer { classes in
            scores.withUnsafeMutableBufferPointer { scores in
                guard let start = scores.baseAddress, let classes = classes.baseAddress else { return }
                source { first, count, sums in
                    decide(sums, rows: count, start + first * width, classes + first)
                }
            }
        }
        return [labels.tensor(of: classes), Tensor(scores, shape: [rows, width])]
    }

    /// Writes the scores and the classes of some rows.
    private func decide(
        _ sums: UnsafePointer<Double>, rows: Int, _ scores: UnsafeMutablePointer<Float>,
        _ classes: UnsafeMutablePointer<Int>
    ) {
        let (count, lanes) = (model.count, model.lanes)
        if count == 1 {
            for row in 0..<rows { classes[row] = decide(Float(sums[row * lanes]), scores + row * 2) }
            return
        }
        for row in 0..<rows {
            let (sums, scores) = (sums + row * lanes, scores + row * count)
            var highest = Float(sums[0])
            var best = 0
            scores[0] = highest
            for index in 1..<count {
                let score = Float(sums[index])
                scores[index] = score
                // Told without branches, which no processor could foresee.
                best = score > highest ? index : best
                highest = score > highest ? score : highest
            }
            classes[row] = best
        }
        transform.apply(scores, rows: rows, count: count)
    }

    /// Writes what becomes of the one score of two classes and returns the class.
    @inline(__always)
    private func decide(_ score: Float, _ scores: UnsafeMutablePointer<Float>) -> Int {
        if transform == .logistic {
            let share = PostTransform.logistic(score.magnitude)
            scores[0] = score > 0 ? 1 - share : share
            scores[1] = score < 0 ? 1 - share : share
        } else {
            scores[0] = 1 - score
            scores[1] = score
        }
        return score > 0 ? 1 : 0
    }
}
