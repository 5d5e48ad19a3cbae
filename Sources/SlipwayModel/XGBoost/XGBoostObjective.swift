import Foundation

/// What a model was trained for, which says how its sums become predictions.
struct XGBoostObjective: Sendable, Equatable {
    /// How a sum becomes a prediction.
    enum Link: Sendable, Equatable {
        /// As it is.
        case identity
        /// The logistic function of it.
        case logistic
        /// The exponential function of it.
        case exponential
        /// 1 if it is above 0, else 0.
        case step
        /// The softmax over all sums of the row.
        case softmax
    }

    /// The name in the model file.
    let name: String
    /// How sums become predictions.
    let link: Link
    /// Whether the prediction is the probability of the second of two classes.
    let isBinary: Bool

    /// The objectives of XGBoost 3.2 and the names that earlier versions had for them.
    private static let links: [String: Link] = [
        "reg:squarederror": .identity, "reg:linear": .identity, "reg:squaredlogerror": .identity,
        "reg:pseudohubererror": .identity, "reg:absoluteerror": .identity, "reg:quantileerror": .identity,
        "reg:expectileerror": .identity, "reg:logistic": .logistic, "reg:gamma": .exponential,
        "reg:tweedie": .exponential, "count:poisson": .exponential, "survival:cox": .exponential,
        "survival:aft": .exponential, "binary:logistic": .logistic, "binary:logitraw": .identity,
        "binary:hinge": .step, "multi:softmax": .softmax, "multi:softprob": .softmax, "rank:pairwise": .identity,
        "rank:ndcg": .identity, "rank:map": .identity,
    ]

    /// Looks an objective up by name; `nil` for one that is not known.
    init?(name: String) {
        guard let link = Self.links[name] else { return nil }
        self.name = name
        self.link = link
        isBinary = name == "binary:logistic" || name == "binary:hinge"
    }

    /// The sum that a base score stands for.
    ///
    /// In single precision, step by step as XGBoost 3.2 does it; probabilities are kept 1e-6 from 0 and 1.
    func margin(ofBaseScore score: Float) -> Float {
        switch link {
        case .identity, .step, .softmax: return score
        case .exponential: return log(score)
        case .logistic:
            let nearest: Float = 1e-6
            let probability = min(max(score, nearest), 1 - nearest)
            return -log(1 / probability - 1)
        }
    }
}
