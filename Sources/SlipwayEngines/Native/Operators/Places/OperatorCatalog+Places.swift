extension OperatorCatalog {
    /// Operators that read or write elements at places given by indices or conditions.
    static let places: [Entry] = [
        Entry(.standard, "GatherElements", since: 11) { context throws(KernelProblem) in
            try GatherElementsKernel(context)
        },
        Entry(.standard, "GatherND", since: 11) { context throws(KernelProblem) in try GatherSlicesKernel(context) },
        Entry(.standard, "Scatter", since: 9, until: 10) { context throws(KernelProblem) in
            try ScatterKernel(context, hasAxis: true)
        },
        Entry(.standard, "ScatterElements", since: 11) { context throws(KernelProblem) in
            try ScatterKernel(context, hasAxis: true)
        },
        Entry(.standard, "ScatterND", since: 11) { context throws(KernelProblem) in
            try ScatterKernel(context, hasAxis: false)
        },
        Entry(.standard, "Pad", since: 2) { context throws(KernelProblem) in try PadKernel(context) },
        Entry(.standard, "NonZero", since: 9, results: [.stored]) { _ in NonZeroKernel() },
        Entry(.standard, "Compress", since: 9) { context throws(KernelProblem) in try CompressKernel(context) },
        Entry(.standard, "Trilu", since: 14) { context throws(KernelProblem) in try TriangleKernel(context) },
        Entry(.standard, "Range", since: 11) { _ in RangeKernel() },
        Entry(.standard, "OneHot", since: 9, results: [.input(2)]) { context throws(KernelProblem) in
            try OneHotKernel(context)
        },
        Entry(.standard, "EyeLike", since: 9, results: [.attribute("dtype")]) { context throws(KernelProblem) in
            try EyeLikeKernel(context)
        },
    ]
}
