extension OperatorCatalog {
    /// Operators that fold or compare the elements along axes.
    static let reduction: [Entry] =
        ReduceKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue, since: 1) { context throws(KernelProblem) in
                try ReduceKernel(operation, context)
            }
        } + [
            Entry(.standard, "ArgMax", since: 1, results: [.stored]) { context throws(KernelProblem) in
                try ExtremeIndexKernel(context, isMaximum: true)
            },
            Entry(.standard, "ArgMin", since: 1, results: [.stored]) { context throws(KernelProblem) in
                try ExtremeIndexKernel(context, isMaximum: false)
            },
            Entry(.standard, "TopK", since: 1, results: [.input(0), .stored]) { context throws(KernelProblem) in
                try TopSelectionKernel(context)
            },
            Entry(.standard, "CumSum", since: 11) { context throws(KernelProblem) in try RunningSumKernel(context) },
        ]
}
