/// How the leaves that a row reaches in all trees become one score per target.
enum TreeAggregate: String, Sendable {
    case sum = "SUM"
    case average = "AVERAGE"
    case minimum = "MIN"
    case maximum = "MAX"

    /// Reads the attribute of a node.
    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("aggregate_function") ?? "SUM"
        guard let aggregate = TreeAggregate(rawValue: name) else {
            throw KernelProblem(.invalid, "aggregate_function '\(name.prefix(40))' is not known")
        }
        self = aggregate
    }
}
