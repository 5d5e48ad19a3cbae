/// How requests are sent: at a set rate, whether or not those before were answered.
public struct LoadPlan: Sendable, Equatable {
    /// The most connections at once; a request that is due while all of them are taken waits, and its wait counts.
    public static let connectionCountMax = 10_000
    /// The highest rate, in requests per second.
    public static let rateMax = 1_000_000.0

    /// Requests per second.
    public var rate: Double
    /// How long requests fall due.
    public var duration: Duration
    /// The most connections at once.
    public var connectionCount: Int
    /// How long a request may take from the moment it was due, before it is given up.
    public var timeout: Duration
    /// Ends early once more than a hundredth of all requests took longer than this: the p99 cannot hold any more.
    public var giveUpAbove: Duration?

    /// Makes a plan.
    public init(
        rate: Double, duration: Duration, connectionCount: Int = 64, timeout: Duration = .seconds(5),
        giveUpAbove: Duration? = nil
    ) {
        self.rate = min(max(rate, 0.001), Self.rateMax)
        self.duration = duration
        self.connectionCount = min(max(connectionCount, 1), Self.connectionCountMax)
        self.timeout = timeout
        self.giveUpAbove = giveUpAbove
    }

    /// The number of requests that fall due, at least one.
    public var requestCount: Int { max(1, Int((rate * (duration / .seconds(1))).rounded(.down))) }
}
