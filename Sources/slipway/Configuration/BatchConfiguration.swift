/// Rows that are scored again and again, into a file or a table.
struct BatchConfiguration: Equatable, Sendable {
    /// The time that one attempt may take unless the batch says otherwise.
    static let timeLimitDefault = Duration.seconds(24 * 3_600)
    /// How often a run is tried unless the batch says otherwise.
    static let attemptCountMaxDefault = 10
    /// The most often that a run may be tried.
    static let attemptCountMax = 100

    /// The name of the batch.
    var name: String
    /// The environment whose champion a bare model name means, and whose workers score.
    var environment: String
    /// What `slipway score` would be called with.
    var arguments: [String]
    /// When it is scored; `nil` for one that only people start.
    var schedule: CronSchedule?
    /// How long an attempt may take.
    var timeLimit: Duration = timeLimitDefault
    /// How often a run is tried.
    var attemptCountMax = attemptCountMaxDefault
}
