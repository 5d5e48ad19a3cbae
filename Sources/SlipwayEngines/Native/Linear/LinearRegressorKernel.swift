import SlipwayModel

/// `LinearRegressor`: weighted sums of the features.
struct LinearRegressorKernel: UnaryKernel {
    private let model: LinearScores
    private let transform: PostTransform

    init(_ context: NodeContext) throws(KernelProblem) {
        let targets = try context.integer("targets", default: 1)
        model = try LinearScores(
            coefficients: try context.floats("coefficients") ?? [], intercepts: try context.floats("intercepts") ?? [],
            count: targets)
        let asked = try PostTransform(context)
        // ONNX Runtime applies nothing but a probit to a single target.
        transform = targets == 1 && asked != .probit ? .none : asked
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        var (rows, values) = try model.scores(of: input)
        if transform != .none {
            for row in 0..<rows { transform.apply(&values[row * model.count..<(row + 1) * model.count]) }
        }
        return Tensor(values, shape: [rows, model.count])
    }
}
