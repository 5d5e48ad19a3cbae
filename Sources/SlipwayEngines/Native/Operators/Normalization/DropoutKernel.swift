import SlipwayModel

/// `Dropout` as it is when a model answers: the input itself, and a mask that keeps everything.
final class DropoutKernel: Kernel {
    init(_ context: NodeContext) throws(KernelProblem) {
        guard context.node.inputs.dropFirst(2).allSatisfy(\.isEmpty) else {
            throw KernelProblem(.unsupported, "training is not covered")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        return [input, Tensor([Bool](repeating: true, count: input.count), shape: input.shape)]
    }
}
