extension OperatorCatalog {
    /// Products of matrices and the linear models.
    static let linear: [Entry] = [
        Entry(.standard, "MatMul", since: 1) { _ in MatrixProductKernel() },
        Entry(.standard, "Gemm") { context throws(KernelProblem) in try GemmKernel(context) },
        Entry(.standard, "Einsum", since: 12) { context throws(KernelProblem) in try EinsteinSumKernel(context) },
        Entry(.machineLearning, "LinearClassifier", limits: "a single class; a probit of one score for two classes") {
            context throws(KernelProblem) in
            try LinearClassifierKernel(context)
        },
        Entry(.machineLearning, "LinearRegressor") { context throws(KernelProblem) in try LinearRegressorKernel(context)
        },
    ]
}
