extension OperatorCatalog {
    /// What neighbours and Gaussian processes measure distances with.
    static let neighbors: [Entry] = [
        Entry(.runtime, "CDist", limits: "metrics other than euclidean and sqeuclidean") {
            context throws(KernelProblem) in
            try DistanceKernel(context)
        }
    ]
}
