/// How often a run is tried, and with which pauses.
public struct RunPolicy: Equatable, Sendable {
    /// The most attempts, those of killed holders counted.
    public var attemptCountMax: Int
    /// The pause after the first attempt that failed; each later one is twice as long.
    public var firstPause: Duration
    /// The longest pause.
    public var longestPause: Duration

    /// Makes a policy.
    public init(
        attemptCountMax: Int, firstPause: Duration = .seconds(1), longestPause: Duration = .seconds(300)
    ) {
        self.attemptCountMax = attemptCountMax
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// The pause after an attempt, counted from 1.
    public func pause(afterAttempt number: Int) -> Duration {
        min(longestPause, firstPause * (1 << min(max(0, number - 1), Self.doublingCountMax)))
    }

    /// The doublings after which every pause is the longest one.
    private static let doublingCountMax = 16
}
