import SlipwayModel

/// `If`: the results of one of two graphs, chosen by a truth value.
final class ConditionKernel: Kernel {
    private let whenTrue: SubgraphPlan
    private let whenFalse: SubgraphPlan

    init(_ context: NodeContext) throws(KernelProblem) {
        whenTrue = try SubgraphPlan("then_branch", of: context)
        whenFalse = try SubgraphPlan("else_branch", of: context)
        guard whenTrue.inputCount == 0, whenFalse.inputCount == 0 else {
            throw KernelProblem(.invalid, "a branch has inputs of its own")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let condition = try inputs.tensor(0).array(of: Bool.self)
        guard condition.count == 1 else { throw KernelProblem(.failed, "the condition is not one truth value") }
        return try (condition[0] ? whenTrue : whenFalse).run([], captures: inputs.rest(from: 1))
    }
}
