/// A figure measured in several rounds: the middle one, and how far the others lie.
struct Spread: Codable, Equatable, Sendable {
    /// The median over the rounds.
    let median: Double
    /// The smallest of the rounds.
    let minimum: Double
    /// The largest of the rounds.
    let maximum: Double

    /// Sums up rounds; `nil` when there are none.
    init?(_ values: [Double]) {
        let sorted = values.sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let upper = sorted[sorted.count / 2]
        median = sorted.count.isMultiple(of: 2) ? (sorted[sorted.count / 2 - 1] + upper) / 2 : upper
        (minimum, maximum) = (first, last)
    }
}
