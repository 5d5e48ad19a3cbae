extension OperatorCatalog {
    /// Operators that prepare numeric features.
    static let scaling: [Entry] = [
        Entry(.machineLearning, "Scaler") { context throws(KernelProblem) in try ScalerKernel(context) },
        Entry(.machineLearning, "Imputer") { context throws(KernelProblem) in try ImputerKernel(context) },
        Entry(.machineLearning, "Normalizer") { context throws(KernelProblem) in try NormalizerKernel(context) },
        Entry(.machineLearning, "Binarizer") { context throws(KernelProblem) in try BinarizerKernel(context) },
    ]
}
