extension OperatorCatalog {
    /// Operators that fold or compare the elements along axes.
    static let reduction: [Entry] =
        ReduceKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue) { context throws(KernelProblem) in
                try ReduceKernel(operation, context)
            }
        } + [
            Entry(.standard, "ArgMax", results: [.stored]) { context throws(KernelProblem) in
                try ExtremeIndexKernel(context, isMaximum: true)
            },
            Entry(.standard, "ArgMin", results: [.stored]) { context throws(KernelProblem) in
                try ExtremeIndexKernel(context, isMaximum: false)
            },
            Entry(.standard, "TopK", results: [.input(0), .stored]) { context throws(KernelProblem) in
                try TopSelectionKernel(context)
            },
            Entry(.standard, "CumSum", since: 11) { context throws(KernelProblem) in try RunningSumKernel(context) },
        ]
}
