import Synchronization

/// Counts the requests that are being answered, over all protocols, and says when there are enough of them.
///
/// A request beyond the limit is refused before anything is done for it, so that those that were let in are answered
/// as fast as ever. The gate knows as well that the server is about to end.
public final class LoadGate: Sendable {
    /// For how long after somebody asked for readiness it counts as being watched.
    static let watchedTime = Duration.seconds(60)

    /// The most requests that are answered at once.
    public let requestCountMax: Int
    private let count = Atomic(0)
    private let draining = Atomic(false)
    private let lastProbe = Mutex<ContinuousClock.Instant?>(nil)

    /// Makes a gate that lets requests in.
    public init(requestCountMax: Int) { self.requestCountMax = requestCountMax }

    /// The requests that are being answered.
    public var requestCount: Int { count.load(ordering: .relaxed) }

    /// Whether the next request is to be refused.
    package var isFull: Bool { requestCount >= requestCountMax }

    /// Counts a request that is there as a whole.
    package func enter() { count.add(1, ordering: .relaxed) }

    /// Counts a request as answered, or as given up.
    package func leave() { count.subtract(1, ordering: .relaxed) }

    /// Answers a request if there is room for it.
    ///
    /// - Throws: What the body throws, or ``refusal``.
    package func admit<Answer>(
        _ body: () async throws(ServingError) -> Answer
    ) async throws(ServingError) -> Answer {
        guard !isFull else { throw refusal }
        enter()
        defer { leave() }
        return try await body()
    }

    /// What a request is refused with while there is no room.
    package var refusal: ServingError {
        ServingError(
            .busy, "\(requestCountMax) requests are being answered, which is as many as this server takes on",
            hint: "Try again later, or send the rows of many requests in one.", retryAfterSeconds: 1)
    }

    /// Whether the server was asked to end: it says that it is not ready, and answers on for a while.
    public var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// Says from now on that the server is about to end.
    package func drain() { draining.store(true, ordering: .relaxed) }

    /// Notes that somebody asked whether the server is ready.
    package func noteProbe() { lastProbe.withLock { $0 = .now } }

    /// Whether somebody asks now and then if the server is ready, and would notice that it is not any more.
    var isWatched: Bool { lastProbe.withLock { $0.map { .now - $0 < Self.watchedTime } ?? false } }
}
