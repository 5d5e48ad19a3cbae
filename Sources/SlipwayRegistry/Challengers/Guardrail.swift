/// What a canary must keep to; one that is shown to break any part of it is rolled back.
///
/// A part is broken only when chance does not explain what was seen, at the level of error ``level``.
public struct Guardrail: Codable, Equatable, Sendable {
    /// The error that the verdict on a sound canary may have.
    public static let levelDefault = 0.01
    /// The calls, or known outcomes, of a canary that a verdict takes at least.
    public static let callCountMinDefault = 100
    /// The fewest of them that may be asked for: fewer show nothing.
    public static let callCountMinLeast = 10

    /// By how much the share of calls that fail may exceed the champion's.
    public var errorRateMax: Double? = 0.01
    /// How many times the champion's time the 99th percentile of the canary's may be.
    public var latencyRatioMax: Double? = 2
    /// How much worse the canary's answers may be: of classes the loss of accuracy, of numbers the growth of the mean
    /// absolute error as a share of the champion's; `nil` asks nothing.
    public var accuracyLossMax: Double? = 0.05
    /// The calls of the canary before a verdict, and between two verdicts; also the known outcomes of each side.
    public var callCountMin = Self.callCountMinDefault
    /// The probability with which a canary that keeps to the guard may be rolled back all the same.
    public var level = Self.levelDefault

    /// Makes the guard that holds where nothing else is said.
    public init() {}

    /// The guard in words.
    public var summary: String {
        var parts: [String] = []
        if let errorRateMax { parts.append("errors +\(Figure.text(errorRateMax))") }
        if let latencyRatioMax { parts.append("p99 x\(Figure.text(latencyRatioMax))") }
        if let accuracyLossMax { parts.append("accuracy -\(Figure.text(accuracyLossMax))") }
        guard !parts.isEmpty else { return "no guard" }
        return "guard \(parts.joined(separator: ", ")) after \(callCountMin) calls at level \(level)"
    }

    private enum CodingKeys: String, CodingKey {
        case errorRateMax = "error_rate"
        case latencyRatioMax = "latency_ratio"
        case accuracyLossMax = "accuracy_loss"
        case callCountMin = "minimum_calls"
        case level
    }
}
