/// Why a model gives a row its score: a number per field, and a base, that sum to the score.
public struct Explanation: Equatable, Sendable {
    /// How contributions are found.
    public let method: Method
    /// Where the rows come from that stand for what is not known.
    public let background: Background
    /// What the score is.
    public let space: Space
    /// The class whose score it is; `nil` for a regression.
    public let explainedClass: String?
    /// The score that is expected when nothing is known of a row.
    public let base: Double
    /// The score of the row.
    public let score: Double
    /// One contribution per field of the signature, in its order.
    public let contributions: [Contribution]

    /// Why contributions are estimated and not exact, in plain words; `nil` where they are exact.
    public let why: String?

    /// Makes an explanation.
    public init(
        method: Method, background: Background, space: Space, explainedClass: String?, base: Double, score: Double,
        contributions: [Contribution], why: String? = nil
    ) {
        self.method = method
        self.background = background
        self.space = space
        self.explainedClass = explainedClass
        self.base = base
        self.score = score
        self.contributions = contributions
        self.why = why
    }

    /// The contributions that move the score most, the largest first; equal ones in the order of the signature.
    ///
    /// - Complexity: O(fields · log fields).
    public func strongest(_ count: Int) -> [Contribution] {
        let order = contributions.indices.sorted { left, right in
            let (first, second) = (contributions[left].amount.magnitude, contributions[right].amount.magnitude)
            return first == second ? left < right : first > second
        }
        return order.prefix(max(0, count)).map { contributions[$0] }
    }
}
