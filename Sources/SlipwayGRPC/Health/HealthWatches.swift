import SlipwayServing
import Synchronization

/// The callers that watch whether the server serves: one task looks for all of them, and tells each what has changed.
final class HealthWatches: Sendable {
    typealias Status = HealthHealthCheckResponse.ServingStatus

    /// The most callers that watch at once.
    static let countMax = 1_024
    /// How often a watched state is looked at.
    static let interval = Duration.milliseconds(500)

    private struct Watch {
        let answers: AsyncStream<Status>.Continuation
        var last: Status
    }

    private struct State {
        var watches: [Int: Watch] = [:]
        var lastID = 0
        /// Looks while anybody watches.
        var looking: Task<Void, Never>?
    }

    private let countMax: Int
    private let interval: Duration
    private let status: @Sendable () async -> Status
    private let state = Mutex(State())

    /// - Parameter status: Says how it is now.
    init(
        countMax: Int = countMax, every interval: Duration = interval, _ status: @escaping @Sendable () async -> Status
    ) {
        self.countMax = countMax
        self.interval = interval
        self.status = status
    }

    /// How many watch.
    var count: Int { state.withLock { $0.watches.count } }

    /// What a new watcher is told: how it is now, and then every change, until it has enough.
    ///
    /// A watcher that does not read is told the last change when it does.
    ///
    /// - Throws: `ServingError` of kind `busy` when enough watch already.
    func begin() async throws(ServingError) -> AsyncStream<Status> {
        let now = await status()
        let (stream, answers) = AsyncStream<Status>.makeStream(bufferingPolicy: .bufferingNewest(1))
        answers.yield(now)
        let id = state.withLock { state -> Int? in
            guard state.watches.count < countMax else { return nil }
            state.lastID += 1
            state.watches[state.lastID] = Watch(answers: answers, last: now)
            if state.looking == nil { state.looking = Task { await self.look() } }
            return state.lastID
        }
        guard let id else {
            throw ServingError(
                .busy, "\(countMax) callers watch this server, which is as many as it takes on",
                hint: "Call Check now and then instead.", retryAfterSeconds: 1)
        }
        answers.onTermination = { _ in self.end(id) }
        return stream
    }

    private func end(_ id: Int) {
        state.withLock { state in
            state.watches[id] = nil
            guard state.watches.isEmpty else { return }
            state.looking?.cancel()
            state.looking = nil
        }
    }

    private func look() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: interval)
            let now = await status()
            let told = state.withLock { state in
                state.watches.filter { $0.value.last != now }.map { id, watch in
                    state.watches[id]?.last = now
                    return watch.answers
                }
            }
            for answers in told { answers.yield(now) }
        }
    }
}
