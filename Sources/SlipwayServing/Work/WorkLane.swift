import Dispatch
import Synchronization

/// The work of one kind that a model gives to a ``WorkPool``, in the order in which it came.
///
/// How much waits is bounded. Work whose deadline passes is answered so at once: where it waits it is dropped, and where
/// it runs its result is. Pieces that wait together can be done together, up to a weight; one that finds nobody before
/// it never waits for others.
final class WorkLane<Input: Sendable, Output: Sendable>: Sendable {
    /// What became of a piece of work.
    typealias Outcome = Result<Output, ServingError>

    private struct Piece {
        let id: UInt64
        let input: Input
        let weight: Int
    }

    private struct Asker {
        let continuation: CheckedContinuation<Outcome, Never>
        let deadline: ContinuousClock.Instant?
    }

    private struct State {
        var nextID: UInt64 = 0
        var waiting: [Piece] = []
        var askers: [UInt64: Asker] = [:]
        var turnCount = 0
        var nextSweep: ContinuousClock.Instant?
        /// What a piece took lately, in seconds.
        var pieceSeconds = 0.0

        /// Takes the first pieces that may be done together.
        mutating func takeGroup(weightMax: Int) -> [Piece] {
            var weight = 0
            let count = waiting.prefix { piece in
                weight += piece.weight
                return weight <= weightMax
            }.count
            // One that is too heavy by itself is done alone.
            let group = Array(waiting.prefix(max(1, count)))
            waiting.removeFirst(group.count)
            return group
        }
    }

    private let countMax: Int
    private let weightMax: Int
    private let what: String
    private let perform: @Sendable ([Input]) -> [Outcome]
    private let state = Mutex(State())

    /// Makes an empty lane.
    ///
    /// - Parameters:
    ///   - what: What is waited for, such as `predictions of churn`.
    ///   - countMax: The most pieces that wait or are being done.
    ///   - weightMax: The most weight that is done together; with 1 each piece is done alone.
    ///   - perform: Does pieces together, and gives an outcome for each.
    init(
        _ what: String, countMax: Int, weightMax: Int = 1,
        perform: @escaping @Sendable ([Input]) -> [Result<Output, ServingError>]
    ) {
        self.what = what
        self.countMax = countMax
        self.weightMax = weightMax
        self.perform = perform
    }

    /// The pieces that wait.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Has a piece done, and waits for it without holding a thread.
    ///
    /// - Throws: ``ServingError``: what the work throws, `busy` when too much waits, `deadlineExceeded` at the deadline.
    func run(
        _ input: Input, weight: Int = 1, until deadline: ContinuousClock.Instant?, on pool: WorkPool
    ) async throws(ServingError) -> Output {
        let outcome: Outcome = await withCheckedContinuation { continuation in
            let (isTaken, startsTurn, sweep) = state.withLock { state in
                guard state.askers.count < countMax, pool.reserve() else { return (false, false, false) }
                let id = state.nextID
                state.nextID += 1
                state.waiting.append(Piece(id: id, input: input, weight: weight))
                state.askers[id] = Asker(continuation: continuation, deadline: deadline)
                let startsTurn = state.turnCount < pool.threadCount
                if startsTurn { state.turnCount += 1 }
                guard let deadline, state.nextSweep.map({ deadline < $0 }) ?? true else {
                    return (true, startsTurn, false)
                }
                state.nextSweep = deadline
                return (true, startsTurn, true)
            }
            guard isTaken else { return continuation.resume(returning: .failure(refusal(on: pool))) }
            if startsTurn { pool.enqueue { self.takeTurn(on: pool) } }
            if sweep, let deadline { scheduleSweep(at: deadline, on: pool) }
        }
        return try outcome.get()
    }

    private func takeTurn(on pool: WorkPool) {
        let pieces = state.withLock { state in
            let pieces = state.takeGroup(weightMax: weightMax)
            if pieces.isEmpty { state.turnCount -= 1 }
            return pieces
        }
        guard !pieces.isEmpty else { return }
        pool.release(pieces.count)
        let begin = ContinuousClock.now
        let outcomes = perform(pieces.map(\.input))
        let seconds = (ContinuousClock.now - begin) / .seconds(1) / Double(pieces.count)
        let (askers, hasMore) = state.withLock { state in
            state.pieceSeconds = state.pieceSeconds == 0 ? seconds : 0.8 * state.pieceSeconds + 0.2 * seconds
            if state.waiting.isEmpty { state.turnCount -= 1 }
            return (pieces.map { state.askers.removeValue(forKey: $0.id) }, !state.waiting.isEmpty)
        }
        // The next turn comes after those of the other lanes.
        if hasMore { pool.enqueue { self.takeTurn(on: pool) } }
        for (asker, outcome) in zip(askers, outcomes) { asker?.continuation.resume(returning: outcome) }
    }

    private func scheduleSweep(at deadline: ContinuousClock.Instant, on pool: WorkPool) {
        let seconds = max(0, (deadline - .now) / .seconds(1))
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { [weak self] in self?.sweep(on: pool) }
    }

    /// Answers those whose deadline has passed, and drops what waited for them.
    private func sweep(on pool: WorkPool) {
        let now = ContinuousClock.now
        let (late, droppedCount, next) = state.withLock { state in
            let late = state.askers.filter { $0.value.deadline.map { $0 <= now } ?? false }
            for id in late.keys { state.askers[id] = nil }
            let before = state.waiting.count
            state.waiting.removeAll { late[$0.id] != nil }
            state.nextSweep = state.askers.values.compactMap(\.deadline).min()
            return (Array(late.values), before - state.waiting.count, state.nextSweep)
        }
        pool.release(droppedCount)
        for asker in late { asker.continuation.resume(returning: .failure(.deadlineExceeded)) }
        if let next { scheduleSweep(at: next, on: pool) }
    }

    private func refusal(on pool: WorkPool) -> ServingError {
        let (count, pieceSeconds) = state.withLock { ($0.askers.count, $0.pieceSeconds) }
        let seconds = Double(count) * pieceSeconds / Double(pool.threadCount)
        return ServingError(
            .busy, "\(count) requests wait for \(what) already", hint: "Try again later, or send less at a time.",
            retryAfterSeconds: max(1, Int(min(seconds.rounded(.up), 60))))
    }
}
