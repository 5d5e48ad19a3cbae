/// Lets a caller pass at a steady rate, and in bursts of a second's worth.
///
/// Tokens drip into the bucket at the rate; each request takes one. The bucket holds what drips in a second, and at
/// least one.
public struct TokenBucket: Sendable {
    /// The tokens that drip a second.
    public let rate: Double
    private var tokens: Double
    private var filledAt: ContinuousClock.Instant

    /// Makes a full bucket.
    public init(rate: Double, at now: ContinuousClock.Instant) {
        self.rate = rate
        tokens = max(1, rate)
        filledAt = now
    }

    /// A rate as people write it: `50`, `0.5`.
    public static func text(of rate: Double) -> String { Int(exactly: rate).map(String.init) ?? String(rate) }

    /// Takes a token.
    ///
    /// - Returns: `nil` when there was one, else how long until there will be.
    public mutating func take(at now: ContinuousClock.Instant) -> Duration? {
        // Calls on several threads may come out of order; time never runs backwards here.
        if now > filledAt {
            tokens = min(max(1, rate), tokens + rate * ((now - filledAt) / .seconds(1)))
            filledAt = now
        }
        guard tokens < 1 else {
            tokens -= 1
            return nil
        }
        return .seconds((1 - tokens) / rate)
    }
}
