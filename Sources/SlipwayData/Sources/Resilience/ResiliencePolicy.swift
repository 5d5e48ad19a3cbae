/// How a source is asked so that its failures stay small: how long, how often, how many at once, and when no more.
public struct ResiliencePolicy: Equatable, Sendable {
    /// What happens where a source fails for good.
    public enum FailureBehaviour: String, Sendable, CaseIterable {
        /// The work that asked fails.
        case fail
        /// What was fetched before goes on being used, where there is such a thing.
        case stale
    }

    /// How often a failed query is repeated unless the source says otherwise.
    public static let retryCountDefault = 2
    /// The queries that run at once unless the source says otherwise.
    public static let concurrencyDefault = 4
    /// The failures after which a source is left alone unless it says otherwise.
    public static let breakerFailureCountDefault = 5
    /// How long a source is left alone unless it says otherwise.
    public static let breakerPauseDefault = Duration.seconds(30)
    /// The longest pause before a retry; a server that asks for a longer one is not asked again.
    public static let pauseMax = Duration.seconds(60)
    /// The pause before the first retry, from a half of it on; each further one is twice as long.
    public static let pauseFirst = Duration.milliseconds(200)
    /// The queries that wait for their turn; one more is refused.
    public static let queueCountMax = 64
    /// The time that a source has beyond the timeout to end by itself, before it is given up.
    public static let grace = Duration.seconds(1)

    /// The time that one attempt may take.
    public var timeout: Duration
    /// How often a query is repeated after a failure that may pass.
    public var retryCount: Int
    /// The most queries that run at once; others wait in order.
    public var concurrency: Int
    /// The failures in a row, of those that may pass, after which the source is left alone.
    public var breakerFailureCount: Int
    /// How long the source is then left alone, before one query tries it again.
    public var breakerPause: Duration
    /// What happens where the source fails for good.
    public var onFailure: FailureBehaviour

    /// Makes a policy.
    public init(
        timeout: Duration = FetchLimits.timeoutDefault, retryCount: Int = Self.retryCountDefault,
        concurrency: Int = Self.concurrencyDefault, breakerFailureCount: Int = Self.breakerFailureCountDefault,
        breakerPause: Duration = Self.breakerPauseDefault, onFailure: FailureBehaviour = .fail
    ) {
        self.timeout = timeout
        self.retryCount = retryCount
        self.concurrency = concurrency
        self.breakerFailureCount = breakerFailureCount
        self.breakerPause = breakerPause
        self.onFailure = onFailure
    }
}
