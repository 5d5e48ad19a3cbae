import SlipwayData

/// Tells whether two answers lie no further apart than the rounding of a sum may put them.
///
/// Terms that cancel each other leave a small sum with the rounding of large ones. A sum computed in one order is the
/// exact sum of terms that are a few roundings away (backward error analysis: Higham, "Accuracy and Stability of
/// Numerical Algorithms", 2002), so the numbers of the row are moved by as much, and if the answer moves as far as the
/// engines are apart, no engine can be held to more.
struct RoundingTrial {
    /// How far numbers are moved, in units of the last place of single precision.
    private static let steps = 8.0
    /// The rows that are tried.
    private static let rowCount = 8

    /// The operators whose results are sums: where others part, rounding is no excuse.
    private static let sums: Set<String> = [
        "Add", "Gemm", "LinearClassifier", "LinearRegressor", "MatMul", "ReduceSum", "SVMClassifier", "SVMRegressor",
        "Sub", "Sum",
    ]

    /// Whether a finding can be a matter of rounding at all: a sum, or nodes that an engine computes as one.
    static func mayExplain(_ finding: PartingNode.Finding) -> Bool {
        switch finding {
        case .node(let node, _): sums.contains(node.operatorName)
        case .nowhere: true
        case .unknown: false
        }
    }

    /// Whether moving the numbers of a row moves one cell of the answer by at least a difference.
    static func moves(
        _ cell: Int, by difference: Double, floor: Double, row: [Value], model: Model
    ) -> Bool {
        let moved = (0..<rowCount).map { variant in
            row.enumerated().map { index, value -> Value in
                guard case .number(let number) = value, number.isFinite else { return value }
                let isUp = (index &* 2_654_435_761 >> (variant + 3)) & 1 == variant & 1
                return .number(number * (1 + (isUp ? steps : -steps) * 0x1p-23))
            }
        }
        let answers = EngineAnswers(name: "", model, rows: [row] + moved).rows
        return answers.dropFirst().contains { answers[0].difference(from: $0, at: cell, floor: floor) >= difference }
    }
}
