/// How far the engines' answers to the same rows lie apart.
public struct ParityReport: Sendable, Equatable {
    /// The relative difference between two engines that counts as disagreement.
    public static let tolerance = 1e-5

    /// Two ways of asking, compared over all rows.
    public struct Pair: Sendable, Equatable {
        /// The names of the engines; a second name such as `native row by row` says how it was asked.
        public var engines: [String]
        /// The largest relative difference; infinite where one answers and the other does not.
        public var largestDifference: Double
        /// The row with the largest difference, in words; `nil` when there is none.
        public var row: String?

        /// Makes a pair.
        public init(engines: [String], largestDifference: Double, row: String? = nil) {
            self.engines = engines
            self.largestDifference = largestDifference
            self.row = row
        }
    }

    /// A row to which two engines give different answers.
    public struct Disagreement: Sendable, Equatable {
        /// The names of the engines.
        public var engines: [String]
        /// The row in words.
        public var row: String
        /// The field of the signature that the row changes; `nil` for a golden row.
        public var field: String?
        /// The output that differs most.
        public var output: String
        /// The answers of the engines there.
        public var answers: [String]
        /// The relative difference.
        public var difference: Double
        /// The first node where the engines part, in words; `nil` when it is not known.
        public var node: String?
    }

    /// The rows that the model is known to have answered.
    public var goldenRowCount: Int
    /// The generated rows.
    public var edgeRowCount: Int
    /// The boundaries that edge rows lie at.
    public var boundaryCount: Int
    /// What was compared.
    public var pairs: [Pair]
    /// The rows whose answers differ by rounding alone.
    ///
    /// At a boundary they fall on either side of it by the rounding of what was computed before, or large terms of a
    /// sum cancel each other.
    public var roundingCount = 0
    /// The edge rows with different answers that the signature refuses, and of which it is therefore only told.
    public var refusableCount = 0
    /// The first of them in words.
    public var refusable: String?
    /// Whether the model is so slow that fewer rows were made than of other models.
    public var isShortened = false
    /// Whether any engine has an answer to any row.
    public var hasAnswers = true
    /// The first row to which the engines give different answers.
    public var disagreement: Disagreement?

    /// The magnitude below which numbers count as this large.
    ///
    /// With the tolerance it leaves 5e-7, a few times the spacing of single-precision numbers around 1: engines that
    /// compute a small probability as 1 minus a large one cannot be closer.
    static let floor = 0.05

    /// The floor of an output whose numbers are all as small as the largest of them: there is no 1 to be close to.
    static func floor(largest: Double) -> Double {
        largest > 0 ? min(floor, max(largest, Double(Float.leastNormalMagnitude))) : floor
    }

    /// The difference of two numbers relative to the larger one; see ``floor``.
    ///
    /// Numbers that are not finite agree with each other and with no others.
    static func difference(_ left: Double, _ right: Double, floor: Double = floor) -> Double {
        guard left.isFinite, right.isFinite else { return left.isFinite == right.isFinite ? 0 : .infinity }
        // Halves, since the difference of two large numbers may not be finite.
        return abs(left / 2 - right / 2) / (max(floor, abs(left), abs(right)) / 2)
    }
}
