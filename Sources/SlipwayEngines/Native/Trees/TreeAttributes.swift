import SlipwayModel

/// The attributes that tree classifiers and regressors share, read and checked for length.
struct TreeAttributes<Stored: FloatScalar> {
    let treeIDs: [Int]
    let nodeIDs: [Int]
    let features: [Int]
    let modes: [TreeEnsemble<Stored>.Mode]
    let thresholds: [Stored]
    let trueIDs: [Int]
    let falseIDs: [Int]
    let sendsMissingToTrue: [Bool]
    let weightTreeIDs: [Int]
    let weightNodeIDs: [Int]
    let weightTargets: [Int]
    let weights: [Stored]
    let baseValues: [Stored]

    /// Reads a node.
    ///
    /// - Parameter prefix: What the names of the weights begin with: `class` or `target`.
    init(_ context: NodeContext, prefix: String) throws(KernelProblem) {
        treeIDs = try context.integers("nodes_treeids") ?? []
        let count = treeIDs.count
        guard count > 0 else { throw KernelProblem(.invalid, "there are no trees") }
        guard count <= NativeLimits.treeNodes else {
            throw KernelProblem(.tooLarge, "\(count) tree nodes are above \(NativeLimits.treeNodes)")
        }
        nodeIDs = try Self.integers(context, "nodes_nodeids", count)
        features = try Self.integers(context, "nodes_featureids", count)
        trueIDs = try Self.integers(context, "nodes_truenodeids", count)
        falseIDs = try Self.integers(context, "nodes_falsenodeids", count)
        thresholds = try Self.checked(Self.numbers(context, "nodes_values"), "nodes_values", count)
        let names = try Self.checked(try context.strings("nodes_modes") ?? [], "nodes_modes", count)
        modes = try names.map { name throws(KernelProblem) in
            guard let mode = TreeEnsemble<Stored>.Mode(named: name) else {
                throw KernelProblem(.unsupported, "tree node mode '\(name.prefix(40))' is not covered")
            }
            return mode
        }
        let missing = try context.integers("nodes_missing_value_tracks_true") ?? []
        sendsMissingToTrue =
            missing.isEmpty
            ? [Bool](repeating: false, count: count)
            : try Self.checked(missing, "nodes_missing_value_tracks_true", count).map { $0 != 0 }
        weightTreeIDs = try context.integers("\(prefix)_treeids") ?? []
        let weightCount = weightTreeIDs.count
        guard weightCount <= NativeLimits.treeNodes else {
            throw KernelProblem(.tooLarge, "\(weightCount) leaf weights are above \(NativeLimits.treeNodes)")
        }
        weightNodeIDs = try Self.integers(context, "\(prefix)_nodeids", weightCount)
        weightTargets = try Self.integers(context, "\(prefix)_ids", weightCount)
        weights = try Self.checked(Self.numbers(context, "\(prefix)_weights"), "\(prefix)_weights", weightCount)
        baseValues = try Self.numbers(context, "base_values")
    }

    private static func integers(_ context: NodeContext, _ name: String, _ count: Int) throws(KernelProblem) -> [Int] {
        try checked(try context.integers(name) ?? [], name, count)
    }

    /// A list of numbers, or the tensor that stands for it in double precision.
    private static func numbers(_ context: NodeContext, _ name: String) throws(KernelProblem) -> [Stored] {
        if let tensor = try context.tensor("\(name)_as_tensor") { return try tensor.numbers(as: Stored.self) }
        return (try context.floats(name) ?? []).map { Stored($0) }
    }

    private static func checked<Element>(
        _ array: [Element], _ name: String, _ count: Int
    ) throws(KernelProblem) -> [Element] {
        guard array.count == count else {
            throw KernelProblem(.invalid, "attribute '\(name)' has \(array.count) elements instead of \(count)")
        }
        return array
    }
}
