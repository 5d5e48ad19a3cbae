import SlipwayModel

/// `TreeEnsembleRegressor` and, of operator set 5, `TreeEnsemble`: the sum, average, minimum or maximum of the leaves
/// that a row reaches.
final class TreeRegressorKernel: UnaryKernel {
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
        model = TreeModel(forest, threads: context.threads)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let input = try model.input(input)
        let shape = [input.rowCount, targetCount]
        let count = try Shape.count(shape)
        return answersDouble
            ? Tensor(scores(of: input, count, as: Double.self), shape: shape)
            : Tensor(scores(of: input, count, as: Float.self), shape: shape)
    }

    private func scores<Answer: TreeScalar>(of input: TreeInput, _ count: Int, as type: Answer.Type) -> [Answer] {
        [Answer](unwritten: count) { memory, written in
            guard let start = memory.baseAddress, count > 0 else { return }
            let finisher = Finisher(
                targetCount: targetCount, aggregate: aggregate, transform: transform, treeCount: treeCount,
                answers: start)
            model.score(input, with: finisher)
            written = count
        }
    }

    private struct Finisher<Answer: TreeScalar>: TreeFinisher {
        let targetCount: Int
        let aggregate: TreeAggregate
        let transform: PostTransform
        let treeCount: Int
        /// Where the answers to all rows go.
        let answers: UnsafeMutablePointer<Answer>

        func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, firstRow: Int, rowCount: Int, base: [Number]) {
            if aggregate == .average || !base.isEmpty || transform != .none {
                for row in 0..<rowCount { finish(scores.advanced(by: row, targetCount: targetCount), base) }
            }
            let answers = answers + firstRow &* targetCount
            for index in 0..<rowCount &* targetCount { answers[index] = Answer(scores.values[index]) }
        }

        @inline(__always)
        private func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, _ base: [Number]) {
            for target in 0..<targetCount where targetCount == 1 || scores.isPresent[target] {
                if aggregate == .average { scores.values[target] /= Number(treeCount) }
                if !base.isEmpty { scores.values[target] += base[target] }
            }
            guard transform != .none else { return }
            var row = UnsafeMutableBufferPointer(start: scores.values, count: targetCount)
            transform.apply(&row)
        }
    }
}
