import SlipwayModel

/// `Scan`: a graph run over the slices of some tensors, with values that pass from one round to the next.
final class ScanKernel: Kernel {
    private let body: SubgraphPlan
    private let inputCount: Int
    private let sliceCount: Int
    private let inputAxes: [Int]
    private let inputsBackwards: [Bool]
    private let outputAxes: [Int]
    private let outputsBackwards: [Bool]

    /// Whether each round takes the next row of one tensor, and gives one row of the results.
    var readsWholeRows: Bool {
        inputCount - sliceCount == 1 && inputAxes == [0] && inputsBackwards == [false] && outputAxes == [0]
            && outputsBackwards == [false]
    }

    /// The number of values that pass from round to round.
    private var stateCount: Int { inputCount - sliceCount }

    init(_ context: NodeContext) throws(KernelProblem) {
        body = try SubgraphPlan("body", of: context)
        inputCount = context.node.inputs.count
        sliceCount = try context.integer("num_scan_inputs", default: 0)
        guard sliceCount > 0, sliceCount <= inputCount, body.inputCount == inputCount,
            body.outputCount >= inputCount - sliceCount
        else {
            throw KernelProblem(
                .invalid, "the graph does not fit \(inputCount) inputs, \(sliceCount) of them in slices")
        }
        let stacked = body.outputCount - (inputCount - sliceCount)
        inputAxes = try Self.list("scan_input_axes", context, count: sliceCount)
        inputsBackwards = try Self.list("scan_input_directions", context, count: sliceCount).map { $0 != 0 }
        outputAxes = try Self.list("scan_output_axes", context, count: stacked)
        outputsBackwards = try Self.list("scan_output_directions", context, count: stacked).map { $0 != 0 }
    }

    private static func list(_ name: String, _ context: NodeContext, count: Int) throws(KernelProblem) -> [Int] {
        let values = try context.integers(name) ?? Array(repeating: 0, count: count)
        guard values.count == count else {
            throw KernelProblem(.invalid, "attribute '\(name)' has \(values.count) values instead of \(count)")
        }
        return values
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        var states: [Tensor] = []
        for index in 0..<stateCount { states.append(try inputs.tensor(index)) }
        var sliced: [Tensor] = []
        for index in stateCount..<inputCount { sliced.append(try inputs.tensor(index)) }
        var axes: [Int] = []
        for (tensor, axis) in zip(sliced, inputAxes) { axes.append(try Shape.axis(axis, limit: tensor.shape.count)) }
        let lengths = zip(sliced, axes).map { $0.shape[$1] }
        guard let length = lengths.first, lengths.allSatisfy({ $0 == length }), length <= NativeLimits.iterations else {
            throw KernelProblem(.failed, "slices of lengths \(lengths) do not go together")
        }
        var stacks = [[Tensor]](repeating: [], count: outputAxes.count)
        let captures = inputs.rest(from: inputCount)
        for round in 0..<length {
            let slices = sliced.indices.map { index in
                sliced[index].slice(at: inputsBackwards[index] ? length - 1 - round : round, axis: axes[index])
            }
            let results = try body.run(states + slices, captures: captures)
            states = Array(results.prefix(stateCount))
            for (index, result) in results.dropFirst(stateCount).enumerated() { stacks[index].append(result) }
        }
        for (index, stack) in stacks.enumerated() {
            states.append(
                try Tensor(stacking: outputsBackwards[index] ? stack.reversed() : stack, axis: outputAxes[index]))
        }
        return states
    }
}
