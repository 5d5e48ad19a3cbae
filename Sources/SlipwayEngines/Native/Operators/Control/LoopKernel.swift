import SlipwayModel

/// `Loop`: a graph run a number of times, or as long as it says so, with values that pass from round to round.
final class LoopKernel: Kernel {
    private let body: SubgraphPlan
    private let inputCount: Int
    /// The number of values that pass from round to round.
    private let stateCount: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        body = try SubgraphPlan("body", of: context)
        inputCount = context.node.inputs.count
        stateCount = inputCount - 2
        guard stateCount >= 0, body.inputCount == inputCount, body.outputCount > stateCount else {
            throw KernelProblem(.invalid, "the graph does not fit \(inputCount) inputs")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let most = try inputs.integers(0)?.first ?? Int.max
        var goesOn = try inputs.optional(1)?.array(of: Bool.self).first ?? true
        var states: [Tensor] = []
        for index in 2..<inputCount { states.append(try inputs.tensor(index)) }
        var stacks = [[Tensor]](repeating: [], count: body.outputCount - 1 - stateCount)
        let captures = inputs.rest(from: inputCount)
        var round = 0
        while goesOn, round < most {
            guard round < NativeLimits.iterations else {
                throw KernelProblem(.tooLarge, "the loop takes more than \(NativeLimits.iterations) rounds")
            }
            let counters = [Tensor([Int64(round)], shape: []), Tensor([goesOn], shape: [])]
            let results = try body.run(counters + states, captures: captures)
            goesOn = try results[0].array(of: Bool.self).first ?? false
            states = Array(results[1..<1 + stateCount])
            for (index, result) in results.dropFirst(1 + stateCount).enumerated() { stacks[index].append(result) }
            round += 1
        }
        for stack in stacks { states.append(try Tensor(stacking: stack, axis: 0)) }
        return states
    }
}
