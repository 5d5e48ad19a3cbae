/// Compares what two models did with the same rows.
public struct PairedTest: Sendable {
    private var champion = Moments()
    private var challenger = Moments()
    private var differences = Moments()
    /// The rows on which the champion alone, and the challenger alone, had a figure of 1 against 0.
    private var discordant = (champion: 0, challenger: 0)

    /// Starts without rows.
    public init() {}

    /// The pairs seen.
    public var count: Int { differences.count }

    /// Takes the figures of one row.
    public mutating func add(champion: Double, challenger: Double) {
        self.champion.add(champion)
        self.challenger.add(challenger)
        differences.add(challenger - champion)
        if champion > challenger { discordant.champion += 1 }
        if challenger > champion { discordant.challenger += 1 }
    }

    /// Student's test of the mean difference, with its interval; `nil` for fewer than two pairs.
    ///
    /// t = d̄ / √(s²/n) with n − 1 degrees of freedom, as `scipy.stats.ttest_rel` computes it. Where all differences are
    /// the same, the p-value is 1 for none and 0 for any other.
    public func meanDifference(confidence: Double) -> DifferenceReport? {
        guard count > 1 else { return nil }
        let error = (differences.variance / Double(count)).squareRoot()
        let freedom = Double(count - 1)
        let width = StudentDistribution.halfWidth(confidence: confidence, degreesOfFreedom: freedom) * error
        let pValue =
            error > 0
            ? StudentDistribution.twoSided(differences.mean / error, degreesOfFreedom: freedom)
            : differences.mean == 0 ? 1 : 0
        return report(.pairedT, pValue, width, confidence)
    }

    /// McNemar's exact test of figures that are 1 (right) or 0 (wrong); `nil` for fewer than two pairs.
    ///
    /// Of b + c rows on which one model alone is right, each has it by an even chance: the p-value is twice the tail of
    /// Bin(b + c, ½), as `statsmodels.stats.contingency_tables.mcnemar(exact=True)` computes it. The interval is that of
    /// the mean difference.
    public func shareDifference(confidence: Double) -> DifferenceReport? {
        guard var report = meanDifference(confidence: confidence) else { return nil }
        let rows = discordant.champion + discordant.challenger
        let more = max(discordant.champion, discordant.challenger)
        report.method = .mcNemar
        report.pValue = rows == 0 ? 1 : min(1, 2 * BinomialDistribution.atLeast(more, of: rows, probability: 0.5))
        return report
    }

    private func report(
        _ method: DifferenceReport.Method, _ pValue: Double, _ width: Double, _ confidence: Double
    ) -> DifferenceReport {
        DifferenceReport(
            method: method, champion: champion.mean, challenger: challenger.mean, difference: differences.mean,
            low: differences.mean - width, high: differences.mean + width, confidence: confidence, pValue: pValue,
            championRows: count, challengerRows: count)
    }
}
