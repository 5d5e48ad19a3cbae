extension OperatorCatalog {
    /// Element-wise arithmetic and functions.
    static let arithmetic: [Entry] =
        ArithmeticKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue, results: [.input(0)]) { context throws(KernelProblem) in
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
            Entry(.standard, "Cast", results: [.attribute("to")], limits: "targets without a form in tensors") {
                context throws(KernelProblem) in
                try CastKernel(context)
            },
            Entry(.standard, "CastLike", since: 15, results: [.input(1)]) { _ in CastLikeKernel() },
            Entry(.standard, "Clip") { context throws(KernelProblem) in try ClipKernel(context) },
            Entry(.standard, "PRelu") { _ in SlopedRectifierKernel() },
            Entry(.standard, "BitwiseAnd", since: 18) { _ in BitKernel(.and) },
            Entry(.standard, "BitwiseOr", since: 18) { _ in BitKernel(.or) },
            Entry(.standard, "BitwiseXor", since: 18) { _ in BitKernel(.exclusiveOr) },
            Entry(.standard, "BitwiseNot", since: 18) { _ in BitwiseNotKernel() },
            Entry(.standard, "BitShift", since: 11) { context throws(KernelProblem) in
                try BitKernel(shift: context)
            },
        ]
}
