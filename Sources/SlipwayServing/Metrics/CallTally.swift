import Synchronization

/// Counts the calls of one version in one role, by protocol.
package final class CallTally: Sendable {
    private struct State {
        var figures: [Call.Face: CallFigures] = [:]
        var arm = CanaryArm()
    }

    private let state = Mutex(State())

    /// Starts with nothing counted.
    init() {}

    /// Counts a call.
    ///
    /// - Parameter isPinned: Whether the caller named the version, so that the call counts in no trial.
    func count(_ outcome: CallOutcome, by face: Call.Face, isPinned: Bool = false) {
        state.withLock { state in
            state.figures[face, default: CallFigures()].add(outcome)
            if !isPinned { state.arm.add(outcome) }
        }
    }

    /// The figures of each protocol.
    var byFace: [Call.Face: CallFigures] { state.withLock { $0.figures } }

    /// The figures of all protocols together.
    package var total: CallFigures { byFace.values.reduce(into: CallFigures()) { $0 += $1 } }

    /// What a trial of the version sees.
    var arm: CanaryArm { state.withLock { $0.arm } }
}
