/// What a LightGBM model was trained for, and so how its sums become answers.
struct LightGBMObjective: Sendable, Equatable {
    /// The function from the sums of the trees to the answer.
    enum Link: Sendable, Equatable {
        /// The sum itself.
        case identity
        /// eˣ, as of counts and positive amounts.
        case exponential
        /// sign(x)·x², for a target whose square root was learned.
        case signedSquare
        /// 1 / (1 + e^(−k·x)).
        case sigmoid(Double)
        /// The share of eˣ among those of all classes.
        case softmax
        /// ln(1 + eˣ).
        case logOnePlusExponential
    }

    /// The name in the file; empty for a loss of the user's own, which the file does not name.
    let name: String
    let link: Link
    /// Whether the answer is one of classes, with probabilities.
    let isClassification: Bool

    /// Reads the line `objective=`, such as `multiclass num_class:3`.
    init(
        _ field: LightGBMBlock.Field?, classCount: Int, treesPerIteration: Int
    ) throws(ModelError) {
        let words = field?.text.split(separator: " ") ?? []
        name = words.first.map(String.init) ?? ""
        var sigmoid = 1.0
        for word in words.dropFirst() where word.hasPrefix("sigmoid:") {
            guard let value = LightGBMBlock.number(word.dropFirst(8)), value > 0 else {
                throw .malformedLightGBM("'\(word.prefix(40))' is no slope of a sigmoid", line: field?.line ?? 1)
            }
            sigmoid = value
        }
        switch name {
        case "", "custom", "none", "lambdarank", "rank_xendcg", "xendcg": link = .identity
        case "regression", "regression_l1", "huber", "fair", "quantile", "mape":
            link = words.contains("sqrt") ? .signedSquare : .identity
        case "poisson", "gamma", "tweedie": link = .exponential
        case "binary", "multiclassova": link = .sigmoid(sigmoid)
        case "multiclass": link = .softmax
        case "cross_entropy", "xentropy": link = .sigmoid(1)
        case "cross_entropy_lambda", "xentlambda": link = .logOnePlusExponential
        default:
            throw ModelError(
                .unsupportedModel, "the LightGBM model has the objective '\(name.prefix(40))', which is not known",
                hint: "Its answers may need a function that Slipway cannot guess.")
        }
        isClassification = ["binary", "multiclass", "multiclassova"].contains(name)
        try requireFitting(classCount, treesPerIteration, line: field?.line ?? 1)
    }

    private func requireFitting(_ classCount: Int, _ treesPerIteration: Int, line: Int) throws(ModelError) {
        let isMulticlass = isClassification && name != "binary"
        guard treesPerIteration == classCount, name.isEmpty || name == "custom" || isMulticlass == (classCount > 1)
        else {
            throw .malformedLightGBM(
                "the objective '\(name)' does not go with \(classCount) classes and \(treesPerIteration) trees in a "
                    + "round",
                line: line)
        }
    }
}
