extension OperatorCatalog {
    /// Operators that move elements or speak of shapes, and change no value.
    static let shape: [Entry] = [
        Entry(.standard, "Identity", since: 1) { _ in IdentityKernel() },
        Entry(.standard, "Constant", since: 1, limits: "sparse tensors") { context throws(KernelProblem) in
            try ConstantKernel(context)
        },
        Entry(.standard, "ConstantOfShape", since: 9) { context throws(KernelProblem) in
            try ConstantOfShapeKernel(context)
        },
        Entry(.standard, "Reshape", since: 5) { context throws(KernelProblem) in try ReshapeKernel(context) },
        Entry(.standard, "Flatten", since: 1) { context throws(KernelProblem) in try FlattenKernel(context) },
        Entry(.standard, "Squeeze", since: 1) { context throws(KernelProblem) in try SqueezeKernel(context) },
        Entry(.standard, "Unsqueeze", since: 1) { context throws(KernelProblem) in try UnsqueezeKernel(context) },
        Entry(.standard, "Transpose", since: 1) { context throws(KernelProblem) in try TransposeKernel(context) },
        Entry(.standard, "Concat", since: 4) { context throws(KernelProblem) in try ConcatKernel(context) },
        Entry(.standard, "Gather", since: 1) { context throws(KernelProblem) in try GatherKernel(context) },
        Entry(.standard, "Slice", since: 1) { context throws(KernelProblem) in try SliceKernel(context) },
        Entry(.standard, "Split", since: 2) { context throws(KernelProblem) in try SplitKernel(context) },
        Entry(.standard, "Expand", since: 8) { _ in ExpandKernel() },
        Entry(.standard, "Tile", since: 6) { _ in TileKernel() },
        Entry(.standard, "Shape", since: 1, results: [.stored]) { context throws(KernelProblem) in
            try ShapeKernel(context)
        },
        Entry(.standard, "Size", since: 1, results: [.stored]) { _ in SizeKernel() },
        Entry(.standard, "SequenceConstruct", since: 11, limits: "sequences that other operators read") { _ in
            SequenceKernel()
        },
    ]
}
