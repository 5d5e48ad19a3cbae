extension OperatorCatalog {
    /// Ensembles of decision trees.
    static let trees: [Entry] = [
        Entry(.machineLearning, "TreeEnsembleRegressor") { context throws(KernelProblem) in
            try TreeRegressorKernel(context)
        },
        Entry(.machineLearning, "TreeEnsemble") { context throws(KernelProblem) in
            try TreeRegressorKernel(context)
        },
        Entry(.machineLearning, "TreeEnsembleClassifier") { context throws(KernelProblem) in
            try TreeClassifierKernel(context)
        },
    ]
}
