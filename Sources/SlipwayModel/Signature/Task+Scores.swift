public import SlipwayData

extension Signature.Task {
    /// The score of each class of a row, in the order of ``classes``.
    ///
    /// A single score for two classes is the second one's; the first gets the complement.
    public func scores(_ given: [Double]) -> [Double] {
        given.count == 1 && classes.count == 2 ? [1 - given[0], given[0]] : given
    }

    /// The class of the highest score, the first one among equals; `nil` where there is not a score for each.
    public func predictedClass(by scores: [Double]?) -> Value? {
        guard let scores, scores.count == classes.count, let best = scores.max(),
            let index = scores.firstIndex(of: best)
        else { return nil }
        return .string(classes[index])
    }

    /// The score of the positive class; `nil` where there is none.
    public func positiveScore(among scores: [Double]?) -> Double? {
        guard let index = positiveIndex, let scores, index < scores.count else { return nil }
        return scores[index]
    }
}
