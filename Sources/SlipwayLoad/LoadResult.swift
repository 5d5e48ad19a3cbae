/// What came of a load test at one rate.
public struct LoadResult: Sendable {
    /// The largest share of requests that may fail where a rate counts as held.
    public static let failureShareMax = 0.001
    /// How late a hundredth of the requests may be sent before the client counts as late, in nanoseconds.
    public static let latenessMax = 1_000_000.0
    /// A client counts as late only when it is so by more than this share of the latency that was found.
    public static let latenessShareMax = 0.25

    /// From the moment each request was due to the end of its answer: right answers, and requests that were given up.
    public var latencies = LatencyQuantiles()
    /// By how much the client itself came too late to each request.
    public var lateness = LatencyQuantiles()
    /// Requests without a right answer.
    public var failures: [LoadFailure: Int] = [:]
    /// Requests with a right answer.
    public var answeredCount = 0
    /// From the first request that was due to the last answer.
    public var elapsed = Duration.zero
    /// Whether the rest was left out, because the outcome was certain.
    public var isCutShort = false

    /// Starts with nothing.
    public init() {}

    /// Requests that fell due.
    public var requestCount: Int { answeredCount + failedCount }
    /// Requests without a right answer.
    public var failedCount: Int { failures.values.reduce(0, +) }
    /// Right answers per second.
    public var answersPerSecond: Double { Double(answeredCount) / max(elapsed / .seconds(1), 1e-9) }

    /// Whether the client itself was too late for its figures to speak of the server.
    public var isClientLate: Bool {
        guard let late = lateness.quantile(0.99), late > Self.latenessMax else { return false }
        return late > Self.latenessShareMax * (latencies.quantile(0.99) ?? 0)
    }

    /// The requests that the server refused because it has too much to do (429 and 503).
    public var shedCount: Int { failures[.status(429), default: 0] + failures[.status(503), default: 0] }

    /// Whether all but a hundredth were answered in a time, and next to none failed.
    ///
    /// - Parameter isSheddingAllowed: Whether requests may be refused because there are too many; those that are
    ///   admitted must be answered in time all the same.
    public func holds(p99 limit: Duration, isSheddingAllowed: Bool = false) -> Bool {
        guard !isCutShort, answeredCount > 0, let p99 = latencies.quantile(0.99) else { return false }
        let failed = failedCount - (isSheddingAllowed ? shedCount : 0)
        return p99 <= limit / .nanoseconds(1) && Double(failed) <= Self.failureShareMax * Double(requestCount)
    }

    /// Whether more than half of the requests failed, so that what is known of the others says little.
    ///
    /// - Parameter isSheddingAllowed: Whether requests may be refused because there are too many.
    public func isMostlyFailed(isSheddingAllowed: Bool = false) -> Bool {
        2 * (failedCount - (isSheddingAllowed ? shedCount : 0)) > requestCount
    }

    /// Adds what another worker found in the same time.
    public mutating func merge(_ other: LoadResult) {
        latencies.merge(other.latencies)
        lateness.merge(other.lateness)
        failures.merge(other.failures, uniquingKeysWith: +)
        answeredCount += other.answeredCount
        elapsed = max(elapsed, other.elapsed)
        isCutShort = isCutShort || other.isCutShort
    }
}
