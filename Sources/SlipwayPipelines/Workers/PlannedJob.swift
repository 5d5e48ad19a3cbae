public import SlipwayData

/// A job that a worker can do: when it is due, and what is done then.
public struct PlannedJob: Sendable {
    /// The job.
    public var job: Job
    /// How often and with which pauses a run is tried.
    public var policy: RunPolicy
    /// How long an attempt may take.
    public var timeLimit: Duration
    /// The last due time of the schedule at a moment; `nil` for a job that only people start.
    public var lastDue: (@Sendable (Timestamp) -> Timestamp?)?
    /// Whether a due time that passed before anybody knew of the job is made up for; asked once, by the due time.
    public var makesUp: @Sendable (Timestamp) -> Bool
    /// Does the work, and says in a sentence what came of it.
    ///
    /// It asks the fence right before it keeps anything, and stops soon when its task is cancelled, if it can.
    public var work: @Sendable (RunFence) async throws -> String

    /// Describes a job.
    public init(
        _ job: Job, policy: RunPolicy, timeLimit: Duration,
        lastDue: (@Sendable (Timestamp) -> Timestamp?)? = nil,
        makesUp: @escaping @Sendable (Timestamp) -> Bool = { _ in false },
        work: @escaping @Sendable (RunFence) async throws -> String
    ) {
        self.job = job
        self.policy = policy
        self.timeLimit = timeLimit
        self.lastDue = lastDue
        self.makesUp = makesUp
        self.work = work
    }
}
