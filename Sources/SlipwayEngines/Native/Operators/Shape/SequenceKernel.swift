import SlipwayModel

/// `SequenceConstruct` as the last word of a model with several targets: its members side by side in one matrix.
///
/// No operator that reads sequences is covered, so that such a value can only be an output.
final class SequenceKernel: Kernel {
    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let members = try inputs.all()
        guard let matrix = Tensor(sideBySide: members) else {
            let shapes = members.prefix(8).map { "\($0.shape)" }.joined(separator: ", ")
            throw KernelProblem(.failed, "members of shapes \(shapes) do not stand side by side")
        }
        return [matrix]
    }
}
