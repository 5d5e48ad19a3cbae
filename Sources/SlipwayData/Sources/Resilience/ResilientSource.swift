import Synchronization

/// A source behind a policy: attempts have a time limit, failures that may pass are tried again after a pause, a source
/// that keeps failing is left alone for a while, and only so many queries run at once.
///
/// An attempt that does not end by itself is given up, and holds its place among those that run until it does. What is
/// thrown names the source, the query, and the cause. A stream is tried again only before its first rows.
public final class ResilientSource<Time: Clock>: DataSource where Time.Duration == Duration {
    /// The longest part of a query in a message, in characters.
    private static var shownQueryLengthMax: Int { 80 }

    private let base: any DataSource
    /// How the source is asked.
    public let policy: ResiliencePolicy
    private let clock: Time
    private let start: Time.Instant
    private let turns: TurnQueue
    private let state: Mutex<State>

    private struct State {
        var breaker: CircuitBreaker
        var numbers: SplitMix64
    }

    /// Puts a source behind a policy.
    ///
    /// - Parameters:
    ///   - clock: Tells the time and waits.
    ///   - seed: Where the random numbers start, by which pauses are drawn.
    public init(
        _ base: any DataSource, policy: ResiliencePolicy, clock: Time,
        seed: UInt64 = .random(in: .min ... .max)
    ) {
        self.base = base
        self.policy = policy
        self.clock = clock
        start = clock.now
        turns = TurnQueue(runningMax: policy.concurrency, waitingMax: ResiliencePolicy.queueCountMax)
        let breaker = CircuitBreaker(failureCountMax: policy.breakerFailureCount, pause: policy.breakerPause)
        state = Mutex(State(breaker: breaker, numbers: SplitMix64(seed: seed)))
    }

    /// The name of the source.
    public var name: String { base.name }

    /// The type of the source.
    public var kind: String { base.kind }

    /// Answers a query, within the timeout of the policy or the given one, whichever is shorter.
    ///
    /// - Throws: ``DataError``, as the source itself does; its outlook says whether the failure may still pass.
    public func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        var limits = limits
        limits.timeout = min(limits.timeout, policy.timeout)
        return try await retrying(query, timeout: limits.timeout) { [base, limits] (turn) throws(DataError) in
            defer { turn.giveBack() }
            return try await base.fetch(query, limits: limits)
        }
    }

    /// Starts to answer a query; the stream holds its place among the queries that run until its end.
    ///
    /// A failure is tried again only as long as no rows were handed out: behind them nobody could tell which rows of a
    /// second answer were there before. One that comes later ends the stream, and counts as a failure of the source.
    ///
    /// - Throws: ``DataError``, as the source itself does.
    public func stream(_ query: String, limits: StreamLimits) async throws(DataError) -> any RowStream {
        var limits = limits
        limits.timeout = min(limits.timeout, policy.timeout)
        return try await retrying(query, timeout: limits.timeout) { [base, limits, self] (turn) throws(DataError) in
            let deadline = ContinuousClock.now + limits.timeout
            let rows = try await base.stream(query, limits: limits)
            let first = try await BlockingWork.run(until: rows.stop) { () throws(DataError) in
                try rows.next(until: deadline)
            }
            return ResilientStream(rows, first: first, turn: turn) { failure in
                self.note(failure)
                return Self.described(failure, query, 1)
            }
        }
    }

    /// Asks until there is an answer, or a failure that is not tried again.
    private func retrying<Answer: Sendable>(
        _ query: String, timeout: Duration,
        _ ask: @escaping @Sendable (HeldTurn) async throws(DataError) -> Answer
    ) async throws(DataError) -> Answer {
        var schedule = RetrySchedule(retryCount: policy.retryCount)
        var last: DataError?
        while true {
            // What the source itself said tells more than that it is left alone by now.
            if let refusal = await takeTurn() { throw Self.described(last ?? refusal, query, schedule.failureCount) }
            let outcome = await outcome(of: ask, timeout)
            guard case .failure(let failure) = outcome else {
                if !Task.isCancelled { note(nil) }
                return try outcome.get()
            }
            if !Task.isCancelled { note(failure) }
            last = failure
            let pause = state.withLock { schedule.pause(after: failure.outlook, using: &$0.numbers) }
            guard let pause, await slept(pause) else { throw Self.described(failure, query, schedule.failureCount) }
        }
    }

    /// The tables that a query may name.
    ///
    /// - Throws: ``DataError``, as the source itself does.
    public func tables(limits: FetchLimits) async throws(DataError) -> [SourceTable] {
        try await base.tables(limits: limits)
    }

    private func slept(_ pause: Duration) async -> Bool { (try? await clock.sleep(for: pause)) != nil }

    /// Waits until the source may be asked.
    ///
    /// - Returns: Why it may not; `nil` with a turn, which the answer gives back.
    private func takeTurn() async -> DataError? {
        if let refusal = leftAlone({ $0.admission(at: $1) }) { return refusal }
        switch await turns.wait() {
        case .refused:
            return failure(
                "\(ResiliencePolicy.queueCountMax) queries wait already for one of \(policy.concurrency) to end")
        case .cancelled: return failure("the query was given up")
        case .granted: break
        }
        // While this one waited, others may have found that the source fails.
        let refusal = leftAlone { $0.admit(at: $1) }
        if refusal != nil { turns.giveBack() }
        return refusal
    }

    /// The first of the answer, the end of the time, and the caller's leaving.
    ///
    /// - Parameter ask: Gives its turn back when it no longer needs the source; after a failure it has none.
    private func outcome<Answer: Sendable>(
        of ask: @escaping @Sendable (HeldTurn) async throws(DataError) -> Answer, _ timeout: Duration
    ) async -> Result<Answer, DataError> {
        let first = FirstOutcome<Result<Answer, DataError>>()
        let turn = HeldTurn(of: turns)
        let work = Task {
            let outcome: Result<Answer, DataError>
            do throws(DataError) {
                outcome = .success(try await ask(turn))
            } catch {
                outcome = .failure(error)
            }
            if case .failure = outcome { turn.giveBack() }
            first.decide(outcome)
        }
        let watch = Task { [name, clock] in
            guard (try? await clock.sleep(for: timeout + ResiliencePolicy.grace)) != nil else { return }
            first.decide(.failure(.timedOut(after: timeout, source: name, outlook: .passing())))
            work.cancel()
        }
        defer { watch.cancel() }
        return await withTaskCancellationHandler {
            await first.value
        } onCancel: {
            first.decide(.failure(failure("the query was given up")))
            work.cancel()
        }
    }

    /// Takes note of a failure, or of an answer.
    private func note(_ failure: DataError?) {
        state.withLock { state in
            if let failure, failure.outlook != .lasting {
                state.breaker.noteFailure(at: start.duration(to: clock.now))
            } else {
                state.breaker.noteAnswer()
            }
        }
    }

    /// Why the source is not asked now; `nil` when it may be.
    private func leftAlone(_ ask: (inout CircuitBreaker, Duration) -> CircuitBreaker.Admission) -> DataError? {
        let admission = state.withLock { ask(&$0.breaker, start.duration(to: clock.now)) }
        guard case .refused(let wait) = admission else { return nil }
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        return failure(
            "it failed \(policy.breakerFailureCount) times in a row and is left alone for \(seconds) s",
            hint: "Look at its earlier errors.", outlook: .passing(after: wait))
    }

    private func failure(_ message: String, hint: String? = nil, outlook: DataError.Outlook = .lasting) -> DataError {
        DataError(.sourceFailed, message, hint: hint, outlook: outlook).naming(source: name)
    }

    private static func described(_ error: DataError, _ query: String, _ attemptCount: Int) -> DataError {
        let words = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let shown = words.count > Self.shownQueryLengthMax ? "\(words.prefix(Self.shownQueryLengthMax))…" : words
        let attempts = attemptCount > 1 ? ", asked \(attemptCount) times" : ""
        var error = error
        error.message += " (query: \(shown)\(attempts))"
        return error
    }
}
