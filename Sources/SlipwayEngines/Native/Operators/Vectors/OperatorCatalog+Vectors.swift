extension OperatorCatalog {
    /// Support-vector machines.
    static let vectors: [Entry] = [
        Entry(.machineLearning, "SVMClassifier", limits: "a single class; probabilities without vectors") {
            context throws(KernelProblem) in
            let hasVectors = try context.integers("vectors_per_class")?.isEmpty == false
            return hasVectors ? try SVMClassifierKernel(context) : try LinearSVMClassifierKernel(context)
        },
        Entry(.machineLearning, "SVMRegressor") { context throws(KernelProblem) in try SVMRegressorKernel(context) },
    ]
}
