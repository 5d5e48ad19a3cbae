extension SQLOperators {
    /// Ensembles of decision trees.
    static let trees: [Entry] = []
}
