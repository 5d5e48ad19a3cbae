extension Explanation {
    /// What the score is that contributions add up to.
    public enum Space: String, Codable, Sendable, CaseIterable {
        /// The logarithm of the odds of the class: the probability is its logistic function.
        case logOdds = "log_odds"
        /// The probability of the class.
        case probability
        /// What a regression predicts.
        case prediction
        /// The model's own score before its last transformation, such as the margin of a class before a softmax.
        case score

        /// The name in a sentence.
        var words: String {
            switch self {
            case .logOdds: "log-odds"
            case .probability: "probability"
            case .prediction: "prediction"
            case .score: "score"
            }
        }
    }
}
