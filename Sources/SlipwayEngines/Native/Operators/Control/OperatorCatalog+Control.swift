extension OperatorCatalog {
    /// Operators that run graphs of their own.
    static let control: [Entry] = [
        Entry(.standard, "If", since: 1, results: [.stored], limits: "branches that give sequences or optionals") {
            context throws(KernelProblem) in
            try ConditionKernel(context)
        },
        Entry(.standard, "Scan", since: 9, results: [.stored]) { context throws(KernelProblem) in
            let general = try ScanKernel(context)
            return try PairwiseScanKernel(context, general: general) ?? general
        },
        Entry(.standard, "Loop", since: 1, results: [.stored], limits: "states that are sequences or optionals") {
            context throws(KernelProblem) in
            try LoopKernel(context)
        },
    ]
}
