import SlipwayModel

/// `LinearClassifier`: a score per class, and the class with the highest.
///
/// A model of one score and two classes decides by its sign. With a logistic transform it writes the probabilities of
/// both classes; with any other one the score itself and `1 - score`, as ONNX Runtime does. A model of two scores that
/// are each other's opposite, as exporters write it for two classes, is such a model as well.
final class LinearClassifierKernel: Kernel {
    let model: LinearScores
    private let labels: ClassLabels
    private let transform: PostTransform
    /// Whether the one score that is computed stands for two opposite ones.
    private let isOpposite: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        labels = try ClassLabels(context, integers: "classlabels_ints")
        transform = try PostTransform(context)
        let coefficients = try context.floats("coefficients") ?? []
        let intercepts = try context.floats("intercepts") ?? []
        let given = try LinearScores(
            coefficients: coefficients, intercepts: intercepts,
            count: intercepts.isEmpty ? labels.count : intercepts.count)
        isOpposite =
            labels.count == 2 && given.count == 2 && (transform == .none || transform == .logistic)
            && Self.areOpposite(coefficients) && Self.areOpposite(intercepts)
        model =
            isOpposite
            ? try LinearScores(
                coefficients: Array(coefficients[given.width...]), intercepts: Array(intercepts.suffix(1)), count: 1)
            : given
        let hasOneScore = model.count == 1 && labels.count == 2
        guard model.count == labels.count && labels.count > 1 || hasOneScore else {
            throw KernelProblem(.unsupported, "\(model.count) scores for \(labels.count) classes are not covered")
        }
        guard !(hasOneScore && transform == .probit) else {
            throw KernelProblem(.unsupported, "a probit of one score for two classes is not covered")
        }
    }

    /// Whether the first half of some figures is the second one with all signs turned.
    private static func areOpposite(_ figures: [Float]) -> Bool {
        let half = figures.count / 2
        return (0..<half).allSatisfy { figures[$0] == -figures[half + $0] }
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
        var classes = [Int](0, times: rows)
        var scores = [Float](0, times: rows * width)
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
        if count == 1 { return decideTwo(sums, rows: rows, scores, classes) }
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

    /// Writes what becomes of the one score of two classes in some rows, at most ``LinearScores/rowsAtOnce``.
    private func decideTwo(
        _ sums: UnsafePointer<Double>, rows: Int, _ scores: UnsafeMutablePointer<Float>,
        _ classes: UnsafeMutablePointer<Int>
    ) {
        for row in 0..<rows { classes[row] = Float(sums[row]) > 0 ? 1 : 0 }
        guard transform == .logistic else {
            for row in 0..<rows {
                let score = Float(sums[row])
                scores[2 * row] = isOpposite ? -score : 1 - score
                scores[2 * row + 1] = score
            }
            return
        }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: rows) { shares in
            for row in 0..<rows { shares[row] = Float(sums[row]).magnitude }
            VectorMath.apply(.logistic, to: shares)
            for row in 0..<rows {
                let (score, share) = (Float(sums[row]), shares[row])
                scores[2 * row] = score > 0 ? 1 - share : share
                scores[2 * row + 1] = score < 0 ? 1 - share : share
            }
        }
    }
}
