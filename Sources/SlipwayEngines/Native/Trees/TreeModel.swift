import SlipwayModel

/// Trees in the precision of their attributes, walked for rows of any number type.
enum TreeModel: Sendable {
    case single(TreeEnsemble<Float>, baseValues: [Float])
    case double(TreeEnsemble<Double>, baseValues: [Double])

    /// Reads a node; tensors for thresholds or weights mean double precision.
    init(_ context: NodeContext, prefix: String, targetCount: Int) throws(KernelProblem) {
        guard targetCount > 0, targetCount <= NativeLimits.scores else {
            throw KernelProblem(.invalid, "\(targetCount) targets are not between 1 and \(NativeLimits.scores)")
        }
        if context.has("nodes_values_as_tensor") || context.has("\(prefix)_weights_as_tensor") {
            let attributes = try TreeAttributes<Double>(context, prefix: prefix)
            let ensemble = try TreeEnsemble(attributes, targetCount: targetCount)
            self = .double(ensemble, baseValues: attributes.baseValues)
        } else {
            let attributes = try TreeAttributes<Float>(context, prefix: prefix)
            let ensemble = try TreeEnsemble(attributes, targetCount: targetCount)
            self = .single(ensemble, baseValues: attributes.baseValues)
        }
    }

    /// The number of values that scores start from.
    var baseValueCount: Int {
        switch self {
        case .single(_, let values): values.count
        case .double(_, let values): values.count
        }
    }

    /// The number of trees.
    var treeCount: Int {
        switch self {
        case .single(let ensemble, _): ensemble.roots.count
        case .double(let ensemble, _): ensemble.roots.count
        }
    }

    /// The weights of all leaves, in double precision.
    var weights: [(target: Int, value: Double)] {
        switch self {
        case .single(let ensemble, _): ensemble.weights.map { ($0.target, Double($0.value)) }
        case .double(let ensemble, _): ensemble.weights.map { ($0.target, $0.value) }
        }
    }

    /// Walks all trees for each row and hands the scores to a finisher.
    ///
    /// Rows in double precision are compared and summed as doubles, all others in single precision.
    func score(_ input: Tensor, with finisher: inout some TreeFinisher) throws(KernelProblem) {
        switch (self, input.elements) {
        case (.single(let ensemble, let base), .float64(let values)):
            try Self.walk(ensemble, base.map { Double($0) }, values, input, &finisher)
        case (.single(let ensemble, let base), _):
            try Self.walk(ensemble, base, try input.numbers(as: Float.self), input, &finisher)
        case (.double(let ensemble, let base), .float64(let values)):
            try Self.walk(ensemble, base, values, input, &finisher)
        case (.double, _):
            throw KernelProblem(.failed, "trees in double precision need rows in double precision")
        }
    }

    private static func walk<Stored: FloatScalar, Number: FloatScalar>(
        _ ensemble: TreeEnsemble<Stored>, _ base: [Number], _ values: [Number], _ input: Tensor,
        _ finisher: inout some TreeFinisher
    ) throws(KernelProblem) {
        let (rows, width) = try input.rows()
        guard width >= ensemble.featureCount else {
            throw KernelProblem(.failed, "rows have \(width) features, but the trees read \(ensemble.featureCount)")
        }
        // An empty row would leave no element to point at.
        let features = values.isEmpty ? [Number](repeating: 0, count: 1) : values
        var scores = TreeScores<Number>(count: finisher.targetCount)
        features.withUnsafeBufferPointer { features in
            guard let start = features.baseAddress else { return }
            ensemble.nodes.withUnsafeBufferPointer { nodes in
                for row in 0..<rows {
                    scores.clear()
                    for root in ensemble.roots {
                        let leaf = TreeEnsemble<Stored>.leaf(from: root, of: nodes, row: start + row * width)
                        for index in Int(leaf.first)..<Int(leaf.first) + Int(leaf.second) {
                            let weight = ensemble.weights[index]
                            scores.add(Number(weight.value), to: weight.target, by: finisher.aggregate)
                        }
                    }
                    finisher.finish(&scores, base)
                }
            }
        }
    }
}
