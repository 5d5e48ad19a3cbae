import SlipwayModel

/// `TreeEnsembleRegressor`: the sum, average, minimum or maximum of the leaves that a row reaches.
struct TreeRegressorKernel: UnaryKernel {
    private let model: TreeModel
    private let targetCount: Int
    private let aggregate: TreeAggregate
    private let transform: PostTransform

    init(_ context: NodeContext) throws(KernelProblem) {
        targetCount = try context.integer("n_targets", default: 1)
        aggregate = try TreeAggregate(context)
        model = try TreeModel(context, prefix: "target", targetCount: targetCount)
        guard model.baseValueCount == 0 || model.baseValueCount == targetCount else {
            throw KernelProblem(.invalid, "\(model.baseValueCount) base values are given for \(targetCount) targets")
        }
        let asked = try PostTransform(context)
        // ONNX Runtime applies nothing but a probit to a single target.
        transform = targetCount == 1 && asked != .probit ? .none : asked
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, _) = try input.rows()
        var finisher = Finisher(
            targetCount: targetCount, aggregate: aggregate, transform: transform, treeCount: model.treeCount)
        finisher.results.reserveCapacity(try Shape.count([rows, targetCount]))
        try model.score(input, with: &finisher)
        return Tensor(finisher.results, shape: [rows, targetCount])
    }

    private struct Finisher: TreeFinisher {
        let targetCount: Int
        let aggregate: TreeAggregate
        let transform: PostTransform
        let treeCount: Int
        var results: [Float] = []

        mutating func finish<Number: FloatScalar>(_ scores: inout TreeScores<Number>, _ base: [Number]) {
            for target in scores.values.indices where targetCount == 1 || scores.isPresent[target] {
                if aggregate == .average { scores.values[target] /= Number(treeCount) }
                if !base.isEmpty { scores.values[target] += base[target] }
            }
            transform.apply(&scores.values)
            for value in scores.values { results.append(Float(value)) }
        }
    }
}
