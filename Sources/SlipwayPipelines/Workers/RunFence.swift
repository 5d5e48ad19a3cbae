/// What keeps a run from having its effect after it became another's.
///
/// It is asked right before the effect is kept. What remains is the time between the answer and the keeping: who is
/// stopped there for longer than a lease, and goes on, keeps the effect beside the one who took the run meanwhile.
public struct RunFence: Sendable {
    /// The run.
    public let run: Run
    private let store: any RunStore
    private let leaseTime: Duration
    private let policy: RunPolicy

    init(_ run: Run, store: any RunStore, leaseTime: Duration, policy: RunPolicy) {
        self.run = run
        self.store = store
        self.leaseTime = leaseTime
        self.policy = policy
    }

    /// Makes sure that the run is still its holder's, with a whole lease ahead.
    ///
    /// Blocks its thread.
    ///
    /// - Throws: ``PipelineError``: `conflict` when the run is another's or was cancelled, `storeFailed` when nobody can
    ///   tell.
    public func check() throws(PipelineError) {
        guard try store.renew(run.ticket, for: leaseTime, policy: policy) else {
            throw PipelineError(
                .conflict,
                "the run \(run.id) was cancelled, or is another worker's now; nothing of this attempt is kept")
        }
    }
}
