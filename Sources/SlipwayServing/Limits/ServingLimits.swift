import Foundation

/// What a server takes on, and for how long; `docs/limits.md` says what a caller sees at each limit.
public struct ServingLimits: Equatable, Sendable {
    /// The largest body of a request, in bytes: 10 MiB.
    public var bodyByteCountMax = 10 << 20
    /// The most bytes of bodies that are held at once, over all requests: 256 MiB.
    public var bodiesByteCountMax = 256 << 20
    /// The most rows in one request.
    public var rowCountMax = 10_000
    /// The largest head of a request, in bytes of names and values: 32 KiB.
    public var headerByteCountMax = 32 << 10
    /// The most fields in the head of a request.
    public var headerCountMax = 100

    /// The most connections that are open at once; the next ones wait to be accepted.
    public var connectionCountMax = 16_384
    /// The most connections that wait to be accepted; the system may hold fewer.
    public static let backlogCount = 4_096
    /// How long a connection may be silent between requests, or take for the head of one.
    public var idleTime = Duration.seconds(60)
    /// How long the body of a request may take to arrive, and an answer that does not fit the buffers to be read.
    public var transferTime = Duration.seconds(30)

    /// The most requests that are answered at once; beyond, requests are refused.
    public var requestCountMax = 512
    /// The longest that a request may take from its head to its answer; a caller may set less for itself.
    public var requestTime = Duration.seconds(60)

    /// The expected time of a prediction from which it leaves the threads that answer requests.
    public var slowPredictionTime = Duration.milliseconds(1)
    /// The threads for slow predictions.
    public var predictionThreadCount = ProcessInfo.processInfo.activeProcessorCount
    /// The most slow predictions of one version that wait or are being made.
    public var waitingPredictionCountMax = 128
    /// The most requests for explanations of one version that wait or are being explained.
    public var waitingExplanationCountMax = 256

    /// How long a server that was asked to end listens on after it said that it is not ready any more.
    public var noticeTime = Duration.seconds(5)
    /// How long requests under way may then take before they are cut off.
    public var drainTime = Duration.seconds(30)

    /// Makes the default limits.
    public init() {}

    /// The most slow predictions and explanations that wait, over all models: a half of all requests, so that slow
    /// models leave room for the others.
    var waitingCountMax: Int { max(1, requestCountMax / 2) }

    /// Until when a request is worth answering.
    ///
    /// - Parameters:
    ///   - start: When it arrived.
    ///   - timeout: How long its caller waits, where it says so.
    package func deadline(from start: ContinuousClock.Instant, timeout: Duration?) -> ContinuousClock.Instant {
        start.advanced(by: min(timeout ?? requestTime, requestTime))
    }
}
