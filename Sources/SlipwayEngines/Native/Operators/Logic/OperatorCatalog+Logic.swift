extension OperatorCatalog {
    /// Comparisons and truth values.
    static let logic: [Entry] =
        ComparisonKernel.Operation.allCases.map { operation in
            let isCombined = operation == .lessOrEqual || operation == .greaterOrEqual
            return Entry(.standard, operation.rawValue, since: isCombined ? 12 : 7, results: [.stored]) { _ in
                ComparisonKernel(operation)
            }
        }
        + TruthKernel.Operation.allCases.map { operation in
            Entry(.standard, operation.rawValue) { _ in TruthKernel(operation) }
        } + [
            Entry(.standard, "Not", since: 1) { _ in NotKernel() },
            Entry(.standard, "Where", since: 9) { _ in WhereKernel() },
            Entry(.standard, "IsNaN", since: 9, results: [.stored]) { _ in
                NumberTestKernel(detectsNaN: true, detectsPositive: false, detectsNegative: false)
            },
            Entry(.standard, "IsInf", since: 10, results: [.stored]) { context throws(KernelProblem) in
                NumberTestKernel(
                    detectsNaN: false, detectsPositive: try context.integer("detect_positive", default: 1) != 0,
                    detectsNegative: try context.integer("detect_negative", default: 1) != 0)
            },
        ]
}
