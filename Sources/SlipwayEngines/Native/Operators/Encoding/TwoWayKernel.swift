import SlipwayModel

/// A table between texts and whole numbers that is read in whichever direction the input asks for.
final class TwoWayKernel: UnaryKernel {
    let integerOfText: LabelEncoderKernel
    let textOfInteger: LabelEncoderKernel

    init(integerOfText: LabelEncoderKernel, textOfInteger: LabelEncoderKernel) {
        (self.integerOfText, self.textOfInteger) = (integerOfText, textOfInteger)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        if case .string = input.elements { return try integerOfText.apply(input) }
        return try textOfInteger.apply(input)
    }
}
