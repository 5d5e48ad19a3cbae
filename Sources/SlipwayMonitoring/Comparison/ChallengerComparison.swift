/// How a challenger does beside its champion, by what both logged since the trial began.
///
/// A shadow predicts the rows that the champion answered, so the two are compared row by row; a canary answers other
/// rows, so the two are compared as samples. ``DifferenceReport/Method`` says how. Calls for which the caller named the
/// version count for nothing, because chance did not choose who answers them.
public struct ChallengerComparison: Codable, Equatable, Sendable {
    /// How surely the intervals cover.
    public static let confidence = 0.95
    /// The fewest rows, or known outcomes, of each side that are compared.
    public static let rowCountMin = 10

    /// The rows of both sides.
    public struct Counts: Codable, Equatable, Sendable {
        /// The champion's.
        public var champion = 0
        /// The challenger's.
        public var challenger = 0

        /// Starts with none.
        public init() {}
    }

    /// The champion's version.
    public var champion: Int
    /// The challenger's version.
    public var challenger: Int
    /// Whether the challenger answers callers or is in shadow.
    public var role: PredictionRecord.Role
    /// The times that are compared.
    public var window: TimeWindow
    /// The rows that both predicted.
    public var rows = Counts()
    /// The rows whose outcome is known.
    public var outcomes = Counts()
    /// Of a shadow, the share of rows for which both predict the same class.
    public var agreement: Finding<Double> = .unavailable(reason: "not compared")
    /// The difference of the mean score of the positive class, or of the mean predicted number.
    public var predictions: Finding<DifferenceReport> = .unavailable(reason: "not compared")
    /// The difference of the share of right classes.
    public var accuracy: Finding<DifferenceReport> = .unavailable(reason: "not compared")
    /// The difference of the mean error.
    ///
    /// Of numbers it is the absolute error, of class probabilities the squared error summed over the classes (G. Brier,
    /// *Monthly Weather Review* 78, 1950).
    public var error: Finding<DifferenceReport> = .unavailable(reason: "not compared")
    /// Why a canary breaks the guard of its accuracy, if that is shown.
    public var brokenGuard: String?

    private enum CodingKeys: String, CodingKey {
        case champion, challenger, role, window, rows, outcomes, agreement, predictions, accuracy, error
        case brokenGuard = "broken_guard"
    }
}
