import SlipwayMonitoring
import SlipwayRegistry
import Synchronization

/// Watches a canary beside its champion in this process, and says when its guard is broken.
///
/// The guard is looked at each time the canary was called as often as the guard asks. However many looks there are, a
/// sound canary is found broken with a probability of the guard's level at most: the k-th look spends level/(k(k + 1)),
/// which sums to the level, half of it on the calls since the look before, so that trouble that comes late is not hidden
/// by a good start, and half on all calls.
package final class CanaryTrial: Sendable {
    private struct State {
        var champion = CanaryArm()
        var challenger = CanaryArm()
        /// Both as they were at the last look.
        var seen = (champion: CanaryArm(), challenger: CanaryArm())
        var lookCount = 0
        var reason: String?
    }

    private let guardrail: Guardrail
    private let state = Mutex(State())

    init(guardrail: Guardrail) { self.guardrail = guardrail }

    /// What both did so far.
    package var arms: (champion: CanaryArm, challenger: CanaryArm) {
        state.withLock { ($0.champion, $0.challenger) }
    }

    /// How often the guard was looked at.
    package var lookCount: Int { state.withLock { $0.lookCount } }

    /// Counts a call that a version answered.
    ///
    /// - Parameter time: How long the model took; `nil` for an answer from the cache.
    func countAnswer(of role: PredictionRecord.Role, time: Duration?) {
        update(role) { arm in
            arm.calls += 1
            if let time { arm.times.add(time) }
        }
    }

    /// Counts a call that a version failed on.
    func countFailure(of role: PredictionRecord.Role) {
        update(role) { arm in
            arm.calls += 1
            arm.failures += 1
        }
    }

    /// Looks at the guard if it is time to.
    ///
    /// - Returns: Why it is broken; the same from then on.
    func look() -> String? {
        let due = state.withLock { state -> (State, look: Int)? in
            guard state.reason == nil,
                state.challenger.calls - state.seen.challenger.calls >= guardrail.callCountMin
            else { return nil }
            state.lookCount += 1
            defer { state.seen = (state.champion, state.challenger) }
            return (state, state.lookCount)
        }
        guard let (before, look) = due else { return state.withLock { $0.reason } }
        let level = guardrail.level / Double(look * (look + 1)) / 2
        let verdict = CanaryVerdict(guardrail: guardrail)
        let reason =
            verdict.reason(
                champion: before.champion.since(before.seen.champion),
                challenger: before.challenger.since(before.seen.challenger), level: level)
            ?? verdict.reason(champion: before.champion, challenger: before.challenger, level: level)
        guard let reason else { return nil }
        return state.withLock { state in
            state.reason = "\(reason) at level \(guardrail.level) (look \(look))"
            return state.reason
        }
    }

    private func update(_ role: PredictionRecord.Role, _ change: (inout CanaryArm) -> Void) {
        state.withLock { state in
            switch role {
            case .champion: change(&state.champion)
            case .challenger: change(&state.challenger)
            case .shadow: break
            }
        }
    }
}
