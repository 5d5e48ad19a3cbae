extension OperatorCatalog {
    /// Operators that move elements or speak of shapes, and change no value.
    static let shape: [Entry] = [
        Entry(.standard, "Identity") { _ in IdentityKernel() },
        Entry(.standard, "Constant", limits: "sparse tensors") { context throws(KernelProblem) in try ConstantKernel(context) },
        Entry(.standard, "ConstantOfShape") { context throws(KernelProblem) in try ConstantOfShapeKernel(context) },
        Entry(.standard, "Reshape") { context throws(KernelProblem) in try ReshapeKernel(context) },
        Entry(.standard, "Flatten") { context throws(KernelProblem) in try FlattenKernel(context) },
        Entry(.standard, "Squeeze") { context throws(KernelProblem) in try SqueezeKernel(context) },
        Entry(.standard, "Unsqueeze") { context throws(KernelProblem) in try UnsqueezeKernel(context) },
        Entry(.standard, "Transpose") { context throws(KernelProblem) in try TransposeKernel(context) },
        Entry(.standard, "Concat") { context throws(KernelProblem) in try ConcatKernel(context) },
        Entry(.standard, "Gather") { context throws(KernelProblem) in try GatherKernel(context) },
        Entry(.standard, "Slice") { context throws(KernelProblem) in try SliceKernel(context) },
        Entry(.standard, "Split") { context throws(KernelProblem) in try SplitKernel(context) },
        Entry(.standard, "Expand") { _ in ExpandKernel() },
        Entry(.standard, "Tile") { _ in TileKernel() },
        Entry(.standard, "Shape", results: [.stored]) { context throws(KernelProblem) in try ShapeKernel(context) },
        Entry(.standard, "Size", results: [.stored]) { _ in SizeKernel() },
    ]
}
