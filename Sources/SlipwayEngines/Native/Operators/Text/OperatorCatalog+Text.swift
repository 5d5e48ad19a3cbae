extension OperatorCatalog {
    /// Operators on texts and on sequences of words.
    static let text: [Entry] = [
        Entry(.standard, "StringNormalizer", since: 10) { context throws(KernelProblem) in
            try StringNormalizerKernel(context)
        },
        Entry(.standard, "TfIdfVectorizer", since: 9) { context throws(KernelProblem) in try NGramKernel(context) },
        Entry(.runtime, "MurmurHash3", results: [.stored], limits: "whole numbers narrower than 32 bits") {
            context throws(KernelProblem) in
            try HashKernel(context)
        },
        Entry(.runtime, "Tokenizer", limits: "separators, and patterns other than one class of characters") {
            context throws(KernelProblem) in
            try TokenizerKernel(context)
        },
    ]
}
