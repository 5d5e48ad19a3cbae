extension OperatorCatalog {
    /// Operators that bring values to a common scale, as the layers of small networks do.
    static let normalization: [Entry] = [
        Entry(.standard, "BatchNormalization", since: 6, limits: "training") { context throws(KernelProblem) in
            try ChannelNormalizationKernel(context, hasStoredStatistics: true)
        },
        Entry(.standard, "InstanceNormalization", since: 6) { context throws(KernelProblem) in
            try ChannelNormalizationKernel(context, hasStoredStatistics: false)
        },
        Entry(.standard, "LayerNormalization", since: 17, results: [.input(0), .stored]) {
            context throws(KernelProblem) in
            try LayerNormalizationKernel(context, isCentred: true)
        },
        Entry(.standard, "RMSNormalization", since: 23) { context throws(KernelProblem) in
            try LayerNormalizationKernel(context, isCentred: false)
        },
        Entry(.standard, "MeanVarianceNormalization", since: 9) { context throws(KernelProblem) in
            try MeanVarianceKernel(context)
        },
        Entry(.standard, "LpNormalization", since: 1) { context throws(KernelProblem) in
            try LpNormalizationKernel(context)
        },
        Entry(.standard, "Dropout", since: 10, results: [.input(0), .stored], limits: "training") {
            context throws(KernelProblem) in
            try DropoutKernel(context)
        },
        Entry(.standard, "Softmax", since: 1) { context throws(KernelProblem) in
            try SoftmaxKernel(context, isLogarithmic: false)
        },
        Entry(.standard, "LogSoftmax", since: 1) { context throws(KernelProblem) in
            try SoftmaxKernel(context, isLogarithmic: true)
        },
        Entry(.standard, "Hardmax", since: 1) { context throws(KernelProblem) in try HardmaxKernel(context) },
    ]
}
