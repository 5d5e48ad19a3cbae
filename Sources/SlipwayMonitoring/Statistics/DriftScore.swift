/// What a test for drift found: how far, how surely, and whether that is too far.
public struct DriftScore: Codable, Equatable, Sendable {
    /// What a test concludes.
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        /// Nothing beyond what the threshold allows.
        case stable
        /// The distribution has moved beyond the threshold.
        case drifted
    }

    /// The name of the test, such as `psi`.
    public var test: String
    /// The test's own measure of distance; always finite.
    public var statistic: Double
    /// The probability of a distance this large by chance alone, for tests that know it.
    public var pValue: Double?
    /// The limit that the verdict was taken against: of the statistic, or of the p-value where there is one.
    public var threshold: Double
    /// What the test concludes.
    public var verdict: Verdict

    /// Makes a score.
    public init(test: String, statistic: Double, pValue: Double? = nil, threshold: Double, verdict: Verdict) {
        self.test = test
        self.statistic = statistic
        self.pValue = pValue
        self.threshold = threshold
        self.verdict = verdict
    }

    private enum CodingKeys: String, CodingKey {
        case test, statistic
        case pValue = "p_value"
        case threshold, verdict
    }
}
