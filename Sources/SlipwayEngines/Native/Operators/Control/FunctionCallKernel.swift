import SlipwayModel

/// A call of a function that the model defines for itself: the nodes of the function, run in the place of the call.
final class FunctionCallKernel: Kernel {
    private let body: SubgraphPlan

    init(_ context: NodeContext) throws(KernelProblem) {
        body = try SubgraphPlan(Subgraph.functionBody, of: context)
        guard context.node.inputs.count <= body.inputCount, context.outputCount <= body.outputCount else {
            throw KernelProblem(.invalid, "the call does not fit the inputs and outputs of its function")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let given = inputs.rest(from: 0)
        return try body.run(given + Array(repeating: nil, count: body.inputCount - given.count), captures: [])
    }
}
