extension OperatorCatalog {
    /// Element-wise arithmetic and functions.
    static let arithmetic: [Entry] =
        ArithmeticKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue) { context throws(KernelProblem) in
                try ArithmeticKernel(operation, context)
            }
        }
        + VariadicKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue) { _ in VariadicKernel(operation: operation) }
        }
        + FunctionKernel.Function.allCases.map { function in
            Entry(.standard, function.rawValue) { context throws(KernelProblem) in
                try FunctionKernel(function, context)
            }
        } + [
            Entry(.standard, "Cast") { context throws(KernelProblem) in try CastKernel(context) },
            Entry(.standard, "Clip") { context throws(KernelProblem) in try ClipKernel(context) },
        ]
}
