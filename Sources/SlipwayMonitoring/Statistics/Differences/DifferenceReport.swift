/// How a figure of the challenger differs from the champion's, and how surely.
public struct DifferenceReport: Codable, Equatable, Sendable {
    /// How the difference was tested.
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// The exact test of Q. McNemar (*Psychometrika* 12, 1947) on the rows where one of the two is right.
        case mcNemar = "mcnemar_exact"
        /// Student's test of the differences of pairs.
        case pairedT = "paired_t"
        /// The test of two means by B. Welch (*Biometrika* 34, 1947).
        case welch = "welch_t"
        /// The pooled test of two shares, with the interval of R. Newcombe (*Statistics in Medicine* 17, 1998,
        /// method 10).
        case newcombe
    }

    /// How the difference was tested.
    public var method: Method
    /// The champion's figure.
    public var champion: Double
    /// The challenger's figure.
    public var challenger: Double
    /// The challenger's figure less the champion's.
    public var difference: Double
    /// The lower end of the interval that covers the true difference with ``confidence``.
    public var low: Double
    /// The upper end of that interval.
    public var high: Double
    /// How surely the interval covers.
    public var confidence: Double
    /// The probability of a difference this large, on either side, were there none.
    public var pValue: Double
    /// The rows of the champion that count; of pairs, their number.
    public var championRows: Int
    /// The rows of the challenger that count; of pairs, their number.
    public var challengerRows: Int

    /// Whether the difference is larger than chance explains at the level that goes with ``confidence``.
    public var isSignificant: Bool { pValue < 1 - confidence }

    private enum CodingKeys: String, CodingKey {
        case method, champion, challenger, difference, low, high, confidence
        case pValue = "p_value"
        case championRows = "champion_rows"
        case challengerRows = "challenger_rows"
    }
}
