extension OperatorCatalog {
    /// Operators on categories, and those that choose and pack features.
    static let encoding: [Entry] = [
        Entry(.machineLearning, "OneHotEncoder") { context throws(KernelProblem) in try OneHotEncoderKernel(context) },
        Entry(.machineLearning, "LabelEncoder", limits: "truth values") { context throws(KernelProblem) in
            try LabelMapping.kernel(labelEncoder: context)
        },
        Entry(.machineLearning, "CategoryMapper") { context throws(KernelProblem) in
            try LabelMapping.kernel(categoryMapper: context)
        },
        Entry(.machineLearning, "ArrayFeatureExtractor") { _ in FeatureExtractorKernel() },
        Entry(.machineLearning, "FeatureVectorizer") { context throws(KernelProblem) in
            try FeatureVectorizerKernel(context)
        },
        Entry(.machineLearning, "ZipMap") { context throws(KernelProblem) in try ZipMapKernel(context) },
    ]
}
