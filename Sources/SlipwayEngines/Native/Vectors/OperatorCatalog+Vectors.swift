extension OperatorCatalog {
    /// Support-vector machines.
    static let vectors: [Entry] = [
        Entry(.machineLearning, "SVMClassifier") { context throws(KernelProblem) in try SVMClassifierKernel(context) },
        Entry(.machineLearning, "SVMRegressor") { context throws(KernelProblem) in try SVMRegressorKernel(context) },
    ]
}
