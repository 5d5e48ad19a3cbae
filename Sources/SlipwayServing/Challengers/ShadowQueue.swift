import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import Synchronization

/// Shows answered calls to shadows, one at a time and behind the callers' backs.
///
/// Nobody waits for it: where it falls behind, calls are dropped and counted. Its prediction runs on a thread that
/// carries no requests.
final class ShadowQueue: Sendable {
    /// The most rows that wait, which bounds the memory.
    static let rowCountMax = 20_000
    /// The most calls that wait.
    static let callCountMax = 1_000

    /// A call that was answered.
    struct Seen: Sendable {
        let challenger: ServedChallenger
        /// The protocol that it came by.
        let face: Call.Face
        let rows: [[Value]]
        let keys: [String?]
        let storedInputs: [Set<Int>]
        /// The ids under which the rows were answered.
        let pairs: [PredictionID]
    }

    private struct State {
        var waiting: [Seen] = []
        /// The calls and rows that wait or are being shown.
        var callCount = 0
        var rowCount = 0
        var isRunning = false
    }

    private let logs: ServingLogs
    private let metrics: ServingMetrics
    private let callCountMax: Int
    private let state = Mutex(State())

    init(logs: ServingLogs, metrics: ServingMetrics, callCountMax: Int = ShadowQueue.callCountMax) {
        self.logs = logs
        self.metrics = metrics
        self.callCountMax = callCountMax
    }

    /// Shows those rows of an answered call to a shadow that it is meant to see.
    func show(
        _ rows: [[Value]], keys: [String?], storedInputs: [Set<Int>], answeredAs ids: [String],
        by face: Call.Face, to challenger: ServedChallenger
    ) {
        let seen = challenger.rows(of: rows, keys: keys)
        guard !seen.isEmpty else { return }
        offer(
            Seen(
                challenger: challenger, face: face, rows: seen.map { rows[$0] }, keys: seen.map { keys[$0] },
                storedInputs: storedInputs.isEmpty ? [] : seen.map { storedInputs[$0] },
                pairs: seen.compactMap { PredictionID(ids[$0]) }))
    }

    /// Takes a call, or counts it as dropped when too many wait.
    func offer(_ seen: Seen) {
        let (isTaken, mustStart) = state.withLock { state -> (Bool, Bool) in
            guard state.callCount < callCountMax, state.rowCount + seen.rows.count <= Self.rowCountMax else {
                return (false, false)
            }
            state.waiting.append(seen)
            state.callCount += 1
            state.rowCount += seen.rows.count
            defer { state.isRunning = true }
            return (true, !state.isRunning)
        }
        guard isTaken else { return count(.dropped, seen) }
        if mustStart { Task.detached(priority: .background) { await self.run() } }
    }

    /// Works until nothing waits.
    private func run() async {
        while true {
            let batch = state.withLock { state -> [Seen] in
                defer { state.waiting = [] }
                if state.waiting.isEmpty { state.isRunning = false }
                return state.waiting
            }
            guard !batch.isEmpty else { return }
            for seen in batch {
                await show(seen)
                state.withLock { state in
                    state.callCount -= 1
                    state.rowCount -= seen.rows.count
                }
            }
        }
    }

    private func show(_ seen: Seen) async {
        let served = seen.challenger.model
        let begin = ContinuousClock.now
        do {
            let batch = try await BlockingWork.run { () throws(ModelError) in
                try served.model.predict(rows: seen.rows)
            }
            let end = ContinuousClock.now
            var circumstances = AnsweredRows.Circumstances(role: .shadow)
            circumstances.pairs = seen.pairs
            _ = try await logs.append(
                batch, rows: seen.rows, keys: seen.keys, storedInputs: seen.storedInputs, of: served,
                latency: end - begin, circumstances: circumstances, source: .shadow)
            count(.answered(rowCount: seen.rows.count, latency: .now - begin, modelTime: end - begin), seen)
        } catch {
            count(.failed(ServingError(error).kind, latency: .now - begin), seen)
        }
    }

    private func count(_ outcome: CallOutcome, _ seen: Seen) {
        metrics.calls.count(outcome, of: seen.challenger.model, by: seen.face)
    }
}
