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
        let count = try Shape.count([rows, targetCount])
        var problem: KernelProblem?
        let answers = [Answer](unsafeUninitializedCapacity: count) { memory, written in
            guard let start = memory.baseAddress else { return }
            var finisher = Finisher(
                targetCount: targetCount, aggregate: aggregate, transform: transform, treeCount: treeCount,
                next: start)
            do throws(KernelProblem) {
                try model.score(input, with: &finisher)
                written = count
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        return answers
    }

    private struct Finisher<Answer: TreeScalar>: TreeFinisher {
        let targetCount: Int
        let aggregate: TreeAggregate
        let transform: PostTransform
        let treeCount: Int
        /// Where the next answer goes.
        var next: UnsafeMutablePointer<Answer>

        mutating func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, rowCount: Int, base: [Number]) {
            if aggregate == .average || !base.isEmpty || transform != .none {
                for row in 0..<rowCount { finish(scores.advanced(by: row, targetCount: targetCount), base) }
            }
            for index in 0..<rowCount &* targetCount { next[index] = Answer(scores.values[index]) }
            next += rowCount &* targetCount
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
