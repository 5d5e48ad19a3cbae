/// What the accuracy of a canary must keep to, and how surely it must be shown that it does not.
public struct AccuracyGuard: Equatable, Sendable {
    /// Of classes the accuracy that may be lost; of numbers the growth of the mean absolute error as a share of the
    /// champion's.
    public var lossMax: Double
    /// The known outcomes of each side before a verdict.
    public var outcomeCountMin: Int
    /// The error of the verdict on a canary that keeps to the guard.
    public var level: Double

    /// Makes a guard.
    public init(lossMax: Double, outcomeCountMin: Int, level: Double) {
        self.lossMax = lossMax
        self.outcomeCountMin = outcomeCountMin
        self.level = level
    }

    /// Why the guard is broken, or `nil` when that is not shown.
    ///
    /// Of classes, Newcombe's interval of the difference in accuracy lies below what may be lost; of numbers, Welch's
    /// test, one-sided, of the mean absolute error against the champion's times what it may grow.
    func reason(_ accuracy: UnpairedTest, errors: UnpairedTest, isRegression: Bool) -> String? {
        let counts = isRegression ? errors.counts : accuracy.counts
        guard min(counts.champion, counts.challenger) >= outcomeCountMin else { return nil }
        if isRegression {
            guard let pValue = errors.pValue(challengerExceedsChampionTimes: 1 + lossMax), pValue < level,
                let report = errors.meanDifference(confidence: 1 - level)
            else { return nil }
            return "accuracy: the mean absolute error is \(FigureText.number(report.challenger)), the champion's "
                + "\(FigureText.number(report.champion)); more than \(FigureText.percent(lossMax)) larger at level \(level)"
        }
        guard accuracy.shareInterval(level: level).high < -lossMax,
            let report = accuracy.shareDifference(confidence: 1 - level)
        else { return nil }
        return
            "accuracy: \(FigureText.percent(report.challenger)) of \(counts.challenger) known outcomes, the champion's "
            + "\(FigureText.percent(report.champion)) of \(counts.champion); more than \(FigureText.percent(lossMax)) "
            + "lower at level \(level)"
    }
}
