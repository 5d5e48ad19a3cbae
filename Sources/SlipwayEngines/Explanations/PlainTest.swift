/// A split in the few forms that ``PathForest`` compares in.
///
/// `<` becomes `<=` of the next smaller double, which is the same for every value; `>`, `>=` and `!=` become their
/// opposites with the children exchanged, and with NaN going where it went before.
struct PlainTest {
    let form: PathForest.Branch.Test
    let threshold: Double
    /// Whether the child of a true comparison is the one that the node has for a false one.
    let exchangesChildren: Bool
    let sendsMissingToTrue: Bool

    init(_ node: DecisionForest.Node, _ comparison: DecisionForest.Comparison) {
        switch comparison {
        case .lessOrEqual, .greater:
            form = .lessOrEqual
            threshold = node.threshold
        case .less, .greaterOrEqual:
            form = .lessOrEqual
            // Nothing is below negative infinity, and nothing compares with NaN.
            threshold = node.threshold == -.infinity ? .nan : node.threshold.nextDown
        case .equal, .notEqual:
            form = .equal
            threshold = node.threshold
        case .member:
            form = .member
            threshold = 0
        }
        exchangesChildren = [.greater, .greaterOrEqual, .notEqual].contains(comparison)
        // NaN differs from every number, so that it satisfies != whatever the node says of missing values.
        sendsMissingToTrue =
            comparison == .notEqual ? false : exchangesChildren ? !node.sendsMissingToTrue : node.sendsMissingToTrue
    }
}
