extension OperatorCatalog {
    /// Element-wise arithmetic and functions.
    static let arithmetic: [Entry] =
        ArithmeticKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue, since: operation == .modulo ? 10 : 7, results: [.input(0)]) {
                context throws(KernelProblem) in
                try ArithmeticKernel(operation, context)
            }
        }
        + VariadicKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue, since: 6) { _ in VariadicKernel(operation) }
        }
        + FunctionKernel.Function.allCases.map { function in
            Entry(.standard, function.rawValue, since: since(function)) { context throws(KernelProblem) in
                try FunctionKernel(function, context)
            }
        } + [
            Entry(.standard, "Cast", since: 6, results: [.attribute("to")], limits: "targets without a form in tensors")
            {
                context throws(KernelProblem) in
                try CastKernel(context)
            },
            Entry(.standard, "CastLike", since: 15, results: [.input(1)]) { _ in CastLikeKernel() },
            Entry(.standard, "Clip", since: 6) { context throws(KernelProblem) in try ClipKernel(context) },
            Entry(.standard, "PRelu") { _ in SlopedRectifierKernel() },
            Entry(.standard, "BitwiseAnd", since: 18) { _ in BitKernel(.and) },
            Entry(.standard, "BitwiseOr", since: 18) { _ in BitKernel(.or) },
            Entry(.standard, "BitwiseXor", since: 18) { _ in BitKernel(.exclusiveOr) },
            Entry(.standard, "BitwiseNot", since: 18) { _ in BitwiseNotKernel() },
            Entry(.standard, "BitShift", since: 11) { context throws(KernelProblem) in
                try BitKernel(shift: context)
            },
        ]

    private static func since(_ function: FunctionKernel.Function) -> Int {
        switch function {
        case .softplus: 1
        case .sign, .errorFunction: 9
        case .round: 11
        default: 6
        }
    }
}
