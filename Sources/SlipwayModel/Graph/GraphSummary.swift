/// A graph in figures: what it is made of, and how large it is.
public struct GraphSummary: Equatable, Sendable {
    /// An operator and how often it occurs.
    public struct Operator: Equatable, Sendable {
        /// The operator with its domain.
        public var name: String
        /// How many nodes there are of it.
        public var count: Int
    }

    /// The operators, the most frequent first and equal ones by name; those of subgraphs are not counted.
    public let operators: [Operator]
    /// The trees of all tree ensembles.
    public let treeCount: Int
    /// Their leaves.
    public let leafCount: Int
    /// The numbers that the graph holds as constants.
    public let constantCount: Int
    /// The program that wrote the file, where it says so.
    public let producer: String?

    /// Summarises a graph.
    public init(_ graph: Graph) {
        operators = Dictionary(grouping: graph.nodes, by: \.qualifiedOperator)
            .map { Operator(name: $0.key, count: $0.value.count) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
        treeCount = graph.nodes.reduce(0) { $0 + $1.treeCount }
        leafCount = graph.nodes.reduce(0) { $0 + $1.leafCount }
        constantCount = graph.initializers.values.reduce(0) { $0 + $1.count }
        producer = graph.metadata["producer_name"]
    }
}

extension Node {
    /// The trees of the older operators are told apart by ids, those of `TreeEnsemble` by their roots.
    fileprivate var treeCount: Int {
        if case .integers(let ids)? = attributes["nodes_treeids"] { return Set(ids).count }
        if case .integers(let roots)? = attributes["tree_roots"] { return roots.count }
        return 0
    }

    fileprivate var leafCount: Int {
        if case .strings(let modes)? = attributes["nodes_modes"] { return modes.count { $0 == "LEAF" } }
        if case .tensor(let weights)? = attributes["leaf_weights"] { return weights.count }
        return 0
    }
}
