extension OperatorCatalog {
    /// Operators that fold or compare the elements along axes.
    static let reduction: [Entry] =
        ReduceKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue) { context throws(KernelProblem) in
                try ReduceKernel(operation, context)
            }
        } + [
            Entry(.standard, "ArgMax") { context throws(KernelProblem) in
                try ExtremeIndexKernel(context, isMaximum: true)
            },
            Entry(.standard, "ArgMin") { context throws(KernelProblem) in
                try ExtremeIndexKernel(context, isMaximum: false)
            },
            Entry(.standard, "Softmax") { context throws(KernelProblem) in
                try SoftmaxKernel(context, isLogarithmic: false)
            },
            Entry(.standard, "LogSoftmax") { context throws(KernelProblem) in
                try SoftmaxKernel(context, isLogarithmic: true)
            },
        ]
}
