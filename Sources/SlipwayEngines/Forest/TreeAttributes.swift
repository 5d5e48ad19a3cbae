import SlipwayModel

/// The attributes that classic tree classifiers and regressors share, read and checked for length.
struct TreeAttributes {
    let treeIDs: [Int]
    let nodeIDs: [Int]
    let features: [Int]
    /// The comparisons of branches; `nil` for leaves.
    let comparisons: [DecisionForest.Comparison?]
    let thresholds: [Double]
    let trueIDs: [Int]
    let falseIDs: [Int]
    /// Empty when no node says where missing values go.
    let sendsMissingToTrue: [Int]
    /// Empty when they are not given.
    let covers: [Double]
    let weightTreeIDs: [Int]
    let weightNodeIDs: [Int]
    let weightTargets: [Int]
    let weights: [Double]
    let baseValues: [Double]
    let precision: DecisionForest.Precision

    /// Reads a node; tensors for thresholds or weights mean double precision.
    ///
    /// - Parameter prefix: What the names of the weights begin with: `class` or `target`.
    init(_ context: NodeContext, prefix: String) throws(KernelProblem) {
        let isDouble = context.has("nodes_values_as_tensor") || context.has("\(prefix)_weights_as_tensor")
        precision = isDouble ? .float64 : .float32
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
        thresholds = try Self.checked(Self.numbers(context, "nodes_values", precision), "nodes_values", count)
        comparisons = try Self.comparisons(Self.checked(context.strings("nodes_modes") ?? [], "nodes_modes", count))
        let missing = try context.integers("nodes_missing_value_tracks_true") ?? []
        sendsMissingToTrue =
            missing.isEmpty ? [] : try Self.checked(missing, "nodes_missing_value_tracks_true", count)
        // Files are seen whose covers are of another length; no answer depends on them.
        let given = try Self.numbers(context, "nodes_hitrates", precision)
        covers = given.count == count ? given : []
        weightTreeIDs = try context.integers("\(prefix)_treeids") ?? []
        let weightCount = weightTreeIDs.count
        guard weightCount <= NativeLimits.treeNodes else {
            throw KernelProblem(.tooLarge, "\(weightCount) leaf weights are above \(NativeLimits.treeNodes)")
        }
        weightNodeIDs = try Self.integers(context, "\(prefix)_nodeids", weightCount)
        weightTargets = try Self.integers(context, "\(prefix)_ids", weightCount)
        let name = "\(prefix)_weights"
        weights = try Self.checked(Self.numbers(context, name, precision), name, weightCount)
        baseValues = try Self.numbers(context, "base_values", precision)
    }

    private static func comparisons(_ names: [String]) throws(KernelProblem) -> [DecisionForest.Comparison?] {
        var found: [DecisionForest.Comparison?] = []
        found.reserveCapacity(names.count)
        for name in names {
            switch name {
            case "LEAF": found.append(nil)
            case "BRANCH_LEQ": found.append(.lessOrEqual)
            case "BRANCH_LT": found.append(.less)
            case "BRANCH_GTE": found.append(.greaterOrEqual)
            case "BRANCH_GT": found.append(.greater)
            case "BRANCH_EQ": found.append(.equal)
            case "BRANCH_NEQ": found.append(.notEqual)
            default: throw KernelProblem(.unsupported, "tree node mode '\(name.prefix(40))' is not covered")
            }
        }
        return found
    }

    private static func integers(_ context: NodeContext, _ name: String, _ count: Int) throws(KernelProblem) -> [Int] {
        try checked(try context.integers(name) ?? [], name, count)
    }

    /// A list of numbers, or the tensor that stands for it in double precision.
    private static func numbers(
        _ context: NodeContext, _ name: String, _ precision: DecisionForest.Precision
    ) throws(KernelProblem) -> [Double] {
        if let tensor = try context.tensor("\(name)_as_tensor") {
            return try precision == .float64
                ? tensor.numbers(as: Double.self) : tensor.numbers(as: Float.self).map { Double($0) }
        }
        return (try context.floats(name) ?? []).map { Double($0) }
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
