package import SlipwayModel

extension Graph {
    /// Whether an output is known to hold scores that are no probabilities, such as distances to a boundary.
    ///
    /// Known are the linear classifier and the support vector machine that transform nothing (ONNX-ML operators,
    /// `post_transform` and `prob_a`); trees without a transformation hold shares of votes, which are probabilities.
    package func givesRawScores(in output: String?) -> Bool {
        guard var name = output else { return false }
        // Exporters put at most a few casts and reshapes behind a classifier; the bound also ends malformed chains.
        for _ in 0..<16 {
            guard let node = nodes.first(where: { $0.outputs.contains(name) }), let input = node.inputs.first else {
                return false
            }
            let isPlain = node.attributes["post_transform"].map { $0 == .string("NONE") } ?? true
            switch node.operatorName {
            case "LinearClassifier": return isPlain
            case "SVMClassifier": return isPlain && !node.givesSupportVectorProbabilities
            case "ZipMap", "Cast", "Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten": name = input
            default: return false
            }
        }
        return false
    }
}

extension Node {
    fileprivate var givesSupportVectorProbabilities: Bool {
        guard case .floats(let scales)? = attributes["prob_a"] else { return false }
        return !scales.isEmpty
    }
}
