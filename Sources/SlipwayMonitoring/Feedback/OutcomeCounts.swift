/// How the feedback of a model met its predictions.
public struct OutcomeCounts: Codable, Equatable, Sendable {
    /// The feedback records read.
    public var received = 0
    /// The predictions whose outcome is known.
    public var matched = 0
    /// The records beyond the first for a prediction; the last one received counts.
    public var repeated = 0
    /// The repeated records that say something else than the one before.
    public var contradictory = 0
    /// The matched predictions whose feedback was received before they were made.
    public var early = 0
    /// The records whose prediction is not in the log; the feedback log keeps them, and they match once it is.
    public var unmatched = 0
    /// The records that belong to predictions outside of the window.
    public var outsideWindow = 0
    /// The records left out because of the limit.
    public var leftOut = 0
    /// The lines of the feedback log that are torn, as a kill leaves them.
    public var tornLines = 0
    /// The lines of the feedback log that are corrupt.
    public var corruptLines = 0

    /// Makes counts of nothing.
    public init() {}

    private enum CodingKeys: String, CodingKey {
        case received, matched, repeated, contradictory, early, unmatched
        case outsideWindow = "outside_window"
        case leftOut = "left_out"
        case tornLines = "torn_lines"
        case corruptLines = "corrupt_lines"
    }
}
