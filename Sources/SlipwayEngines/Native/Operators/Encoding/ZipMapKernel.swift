import SlipwayModel

/// `ZipMap`: the matrix passes through; its classes become the labels of the output's columns.
final class ZipMapKernel: UnaryKernel {
    private let classes: ClassLabels

    /// The classes as text, in the order of the columns.
    var labels: [String] { classes.texts }

    init(_ context: NodeContext) throws(KernelProblem) {
        classes = try ClassLabels(context, integers: "classlabels_int64s")
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, width) = try input.rows()
        guard width == classes.count else {
            throw KernelProblem(.failed, "\(width) scores are given for \(classes.count) classes")
        }
        return Tensor(shape: [rows, width], elements: input.elements)
    }
}
