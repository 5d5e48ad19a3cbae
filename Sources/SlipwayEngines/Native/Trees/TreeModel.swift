import SlipwayModel

/// Trees, walked for rows of any number type.
struct TreeModel: Sendable {
    private let forest: DecisionForest

    init(_ forest: DecisionForest) { self.forest = forest }

    /// Walks all trees for each row and hands the scores to a finisher.
    ///
    /// Rows in double precision are compared and summed as doubles, all others in single precision.
    func score(_ input: Tensor, with finisher: inout some TreeFinisher) throws(KernelProblem) {
        if case .float64(let values) = input.elements {
            try walk(forest.baseValues, values, input, &finisher)
        } else if forest.precision == .float32 {
            try walk(forest.baseValues.map { Float($0) }, try input.numbers(as: Float.self), input, &finisher)
        } else {
            throw KernelProblem(.failed, "trees in double precision need rows in double precision")
        }
    }

    private func walk<Number: FloatScalar>(
        _ base: [Number], _ values: [Number], _ input: Tensor, _ finisher: inout some TreeFinisher
    ) throws(KernelProblem) {
        let (rows, width) = try input.rows()
        guard width >= forest.featureCount else {
            throw KernelProblem(.failed, "rows have \(width) features, but the trees read \(forest.featureCount)")
        }
        // An empty row would leave no element to point at.
        let features = values.isEmpty ? [Number](repeating: 0, count: 1) : values
        var scores = TreeScores<Number>(count: finisher.targetCount)
        features.withUnsafeBufferPointer { features in
            guard let start = features.baseAddress else { return }
            for row in 0..<rows {
                scores.clear()
                for root in forest.roots {
                    let leaf = forest.leaf(from: root, row: start + row * width)
                    for index in leaf.weights {
                        let weight = forest.weights[Int(index)]
                        scores.add(Number(weight.value), to: Int(weight.target), by: finisher.aggregate)
                    }
                }
                finisher.finish(&scores, base)
            }
        }
    }
}
