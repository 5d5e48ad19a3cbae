import SlipwayRegistry
import Synchronization

/// Watches a canary beside its champion in this process, and says when its guard is broken.
///
/// The guard is looked at each time the canary was called as often as the guard asks. However many looks there are, a
/// sound canary is found broken with a probability of the guard's level at most: the k-th look spends level/(k(k + 1)),
/// which sums to the level, half of it on the calls since the look before, so that trouble that comes late is not hidden
/// by a good start, and half on all calls.
package final class CanaryTrial: Sendable {
    /// What both sides did.
    package typealias Arms = (champion: CanaryArm, challenger: CanaryArm)

    private struct State {
        /// Both as they were at the last look.
        var seen = (champion: CanaryArm(), challenger: CanaryArm())
        var lookCount = 0
        var reason: String?
    }

    private let guardrail: Guardrail
    private let champion: CallTally
    private let challenger: CallTally
    /// What both had done before.
    private let begin: Arms
    private let state = Mutex(State())

    /// Begins a trial of which nothing is seen yet.
    init(guardrail: Guardrail, champion: CallTally, challenger: CallTally) {
        self.guardrail = guardrail
        self.champion = champion
        self.challenger = challenger
        begin = (champion.arm, challenger.arm)
    }

    /// What both did so far.
    package var arms: Arms { (champion.arm.since(begin.champion), challenger.arm.since(begin.challenger)) }

    /// How often the guard was looked at.
    package var lookCount: Int { state.withLock { $0.lookCount } }

    /// Looks at the guard if it is time to.
    ///
    /// - Returns: Why it is broken; the same from then on.
    func look() -> String? {
        let arms = arms
        let due = state.withLock { state -> (seen: Arms, look: Int)? in
            guard state.reason == nil,
                arms.challenger.calls - state.seen.challenger.calls >= guardrail.callCountMin
            else { return nil }
            state.lookCount += 1
            defer { state.seen = arms }
            return (state.seen, state.lookCount)
        }
        guard let (seen, look) = due else { return state.withLock { $0.reason } }
        let level = guardrail.level / Double(look * (look + 1)) / 2
        let verdict = CanaryVerdict(guardrail: guardrail)
        let reason =
            verdict.reason(
                champion: arms.champion.since(seen.champion), challenger: arms.challenger.since(seen.challenger),
                level: level)
            ?? verdict.reason(champion: arms.champion, challenger: arms.challenger, level: level)
        guard let reason else { return nil }
        return state.withLock { state in
            state.reason = "\(reason) at level \(guardrail.level) (look \(look))"
            return state.reason
        }
    }
}
