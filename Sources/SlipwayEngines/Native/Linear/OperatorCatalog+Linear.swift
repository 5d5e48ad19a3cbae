extension OperatorCatalog {
    /// Products of matrices and the linear models.
    static let linear: [Entry] = [
        Entry(.standard, "MatMul") { _ in MatrixProductKernel() },
        Entry(.standard, "Gemm") { context throws(KernelProblem) in try GemmKernel(context) },
        Entry(.machineLearning, "LinearClassifier") { context throws(KernelProblem) in
            try LinearClassifierKernel(context)
        },
        Entry(.machineLearning, "LinearRegressor") { context throws(KernelProblem) in try LinearRegressorKernel(context)
        },
    ]
}
