import SlipwayModel

/// `LinearRegressor`: weighted sums of the features.
final class LinearRegressorKernel: SingleKernel {
    let model: LinearScores
    private let transform: PostTransform

    init(_ context: NodeContext) throws(KernelProblem) {
        let targets = try context.integer("targets", default: 1)
        model = try LinearScores(
            coefficients: try context.floats("coefficients") ?? [], intercepts: try context.floats("intercepts") ?? [],
            count: targets)
        transform = try PostTransform(context).applied(toTargets: targets)
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let (rows, values) = try model.features(of: inputs.tensor(0), answerWidth: answerWidth)
        return answer(rows: rows) { model.score(values, rows: rows, $0) }
    }
}

extension LinearRegressorKernel: LinearConsumer {
    var answerWidth: Int { model.count }

    func answers(rows: Int, from source: (LinearConsumer.Take) -> Void) -> [Tensor] {
        [answer(rows: rows, from: source)]
    }

    private func answer(rows: Int, from source: (LinearConsumer.Take) -> Void) -> Tensor {
        let (width, lanes) = (model.count, model.lanes)
        var values = [Float](0, times: rows * width)
        values.withUnsafeMutableBufferPointer { values in
            guard let start = values.baseAddress else { return }
            source { first, count, sums in
                let scores = start + first * width
                for row in 0..<count {
                    for index in 0..<width { scores[row * width + index] = Float(sums[row * lanes + index]) }
                }
                transform.apply(scores, rows: count, count: width)
            }
        }
        return Tensor(values, shape: [rows, model.count])
    }
}
