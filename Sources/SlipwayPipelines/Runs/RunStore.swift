public import SlipwayData

/// A type that keeps the runs of jobs, and who has which.
///
/// ## Contract for implementers
/// - Every method is one transaction: after a crash it happened as a whole or not at all.
/// - Many processes on many machines may use one store. All times are by the store's own clock, so that the clocks of
///   those machines do not matter.
/// - A run is changed only as ``Run``'s own methods say.
/// - Of the runs of a job that have ended, the latest ``Run/historyCountMax`` are kept.
///
/// `RunStoreConformance` in the test kit checks it.
public protocol RunStore: Sendable {
    /// The time by the store's clock.
    func now() throws(PipelineError) -> Timestamp

    /// Makes the run of a job for a due time of its schedule, unless one for this time or a later one was made.
    ///
    /// Runs of the schedule that still wait for an earlier time are cancelled: what they would do, this one does.
    ///
    /// - Parameter makesUp: Whether a job that the store has never seen makes up for a time before; otherwise its
    ///   schedule begins now.
    /// - Returns: The run, or `nil` where none was made.
    func schedule(_ job: Job, dueAt: Timestamp, makesUp: Bool) throws(PipelineError) -> Run?

    /// Makes a run of a job that is due now, because somebody wants it.
    func start(_ job: Job) throws(PipelineError) -> Run

    /// Takes the run that has been due longest, of jobs none of whose runs is held.
    ///
    /// - Parameters:
    ///   - jobs: The jobs that the holder can do.
    ///   - holder: Who asks, by a name that nobody else has.
    ///   - time: How long the lease lasts without being renewed.
    ///   - patience: How long a run must have been available, to leave it to others that are quicker.
    /// - Returns: The run with the ticket of this taking, or `nil` where there is none to take.
    func take(
        of jobs: [Job: RunPolicy], by holder: String, for time: Duration, patience: Duration
    ) throws(PipelineError) -> Run?

    /// Keeps a run for longer.
    ///
    /// - Returns: Whether the run is still the ticket's.
    func renew(_ ticket: Run.Ticket, for time: Duration, policy: RunPolicy) throws(PipelineError) -> Bool

    /// Ends an attempt.
    ///
    /// - Returns: Whether the run was still the ticket's; if not, nothing is changed.
    func end(
        _ ticket: Run.Ticket, with outcome: Run.Outcome, policy: RunPolicy
    ) throws(PipelineError) -> Bool

    /// Takes a run back from whoever has it.
    ///
    /// - Returns: The run; `nil` when there is none with this id.
    /// - Throws: ``PipelineError`` of kind `conflict` for one that has ended.
    func cancel(_ id: String, because reason: String) throws(PipelineError) -> Run?

    /// Lets a run that failed or was cancelled be taken again.
    ///
    /// - Returns: The run; `nil` when there is none with this id.
    /// - Throws: ``PipelineError`` of kind `conflict` for one that runs or is done.
    func retry(_ id: String) throws(PipelineError) -> Run?

    /// The runs that are kept, by due time, the latest first.
    func runs(limit: Int) throws(PipelineError) -> [Run]

    /// Takes or renews a right that one holder at a time has until it passes, such as that to schedule.
    ///
    /// - Parameter time: How long it is to be held from now; zero gives it back.
    /// - Returns: Whether the holder has it now.
    func lease(_ right: String, to holder: String, for time: Duration) throws(PipelineError) -> Bool

    /// When a right passes or passed; `nil` for one that nobody ever had.
    func leaseEnd(of right: String) throws(PipelineError) -> Timestamp?
}

extension RunStore {
    /// Takes a run that is available.
    public func take(
        of jobs: [Job: RunPolicy], by holder: String, for time: Duration
    ) throws(PipelineError) -> Run? {
        try take(of: jobs, by: holder, for: time, patience: .zero)
    }
}
