extension OperatorCatalog {
    /// Comparisons and truth values.
    static let logic: [Entry] =
        ComparisonKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue, results: [.stored]) { _ in ComparisonKernel(operation: operation) }
        }
        + TruthKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue) { _ in TruthKernel(operation: operation) }
        } + [
            Entry(.standard, "Not") { _ in NotKernel() },
            Entry(.standard, "Where") { _ in WhereKernel() },
            Entry(.standard, "IsNaN", results: [.stored]) { _ in
                NumberTestKernel(detectsNaN: true, detectsPositive: false, detectsNegative: false)
            },
            Entry(.standard, "IsInf", results: [.stored]) { context throws(KernelProblem) in
                NumberTestKernel(
                    detectsNaN: false, detectsPositive: try context.integer("detect_positive", default: 1) != 0,
                    detectsNegative: try context.integer("detect_negative", default: 1) != 0)
            },
        ]
}
