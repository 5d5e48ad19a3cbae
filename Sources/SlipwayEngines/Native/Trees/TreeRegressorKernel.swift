import SlipwayModel

/// `TreeEnsembleRegressor` and, of operator set 5, `TreeEnsemble`: the sum, average, minimum or maximum of the leaves
/// that a row reaches.
struct TreeRegressorKernel: UnaryKernel {
    private let model: TreeModel
    private let targetCount: Int
    private let treeCount: Int
    private let aggregate: TreeAggregate
    private let transform: PostTransform
    /// Whether scores keep double precision; the classic operator always answers in single precision.
    private let answersDouble: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        let forest = try DecisionForest(context)
        targetCount = forest.targetCount
        treeCount = forest.roots.count
        aggregate = forest.aggregate
        transform = forest.transform
        answersDouble = context.node.operatorName == "TreeEnsemble" && forest.precision == .float64
        model = TreeModel(forest)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, _) = try input.rows()
        return answersDouble
            ? Tensor(try scores(of: input, rows, as: Double.self), shape: [rows, targetCount])
            : Tensor(try scores(of: input, rows, as: Float.self), shape: [rows, targetCount])
    }

    private func scores<Answer: TreeScalar>(
        of input: Tensor, _ rows: Int, as type: Answer.Type
    ) throws(KernelProblem) -> [Answer] {
        var finisher = Finisher<Answer>(
            targetCount: targetCount, aggregate: aggregate, transform: transform, treeCount: treeCount)
        finisher.results.reserveCapacity(try Shape.count([rows, targetCount]))
        try model.score(input, with: &finisher)
        return finisher.results
    }

    private struct Finisher<Answer: TreeScalar>: TreeFinisher {
        let targetCount: Int
        let aggregate: TreeAggregate
        let transform: PostTransform
        let treeCount: Int
        var results: [Answer] = []

        mutating func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, rowCount: Int, base: [Number]) {
            for row in 0..<rowCount {
                let values = scores.values + row &* targetCount
                let isPresent = scores.isPresent + row &* scores.presenceStep
                for target in 0..<targetCount where targetCount == 1 || isPresent[target] {
                    if aggregate == .average { values[target] /= Number(treeCount) }
                    if !base.isEmpty { values[target] += base[target] }
                }
                if transform != .none {
                    var row = UnsafeMutableBufferPointer(start: values, count: targetCount)
                    transform.apply(&row)
                }
            }
            let all = UnsafeBufferPointer(start: scores.values, count: rowCount &* targetCount)
            results.append(contentsOf: all.lazy.map { Answer($0) })
        }
    }
}
