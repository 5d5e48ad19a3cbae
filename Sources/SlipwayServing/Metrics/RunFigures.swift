import Synchronization

/// How the runs of an environment's jobs stand, for the metrics.
public final class RunFigures: Sendable {
    /// The runs of one job.
    public struct Job: Sendable {
        /// What is done, and to what.
        public var kind, name: String
        /// The runs that are kept, by their state.
        public var countByState: [String: Int]
        /// For how long the oldest run that has not ended has been due; 0 where there is none.
        public var lagSeconds: Double

        /// Describes the runs of a job.
        public init(kind: String, name: String, countByState: [String: Int], lagSeconds: Double) {
            self.kind = kind
            self.name = name
            self.countByState = countByState
            self.lagSeconds = lagSeconds
        }
    }

    private struct State {
        var jobs: [Job] = []
        var schedulerLags: [String: Double] = [:]
    }

    private let state = Mutex(State())

    /// Starts to show what is noted in the metrics.
    public init(metrics: ServingMetrics) {
        metrics.section("runs") { [weak self] text in self?.write(to: &text) }
    }

    /// Notes how the runs stand.
    ///
    /// - Parameter schedulerLags: For how long nobody has had the right to schedule, by the store of the runs; 0 where
    ///   somebody has it.
    public func note(_ jobs: [Job], schedulerLags: [String: Double]) {
        state.withLock { $0 = State(jobs: jobs, schedulerLags: schedulerLags) }
    }

    private func write(to text: inout MetricsText) {
        let state = state.withLock { $0 }
        let jobs = state.jobs.sorted { ($0.kind, $0.name) < ($1.kind, $1.name) }
        text.family("slipway_runs", .gauge, "Runs that are kept, by kind, job, and state.")
        for job in jobs {
            for (state, count) in job.countByState.sorted(by: { $0.key < $1.key }) {
                text.sample("slipway_runs", [("kind", job.kind), ("job", job.name), ("state", state)], count)
            }
        }
        text.family("slipway_run_lag_seconds", .gauge, "Time for which a run has been due that has not ended.")
        for job in jobs {
            text.sample("slipway_run_lag_seconds", [("kind", job.kind), ("job", job.name)], job.lagSeconds)
        }
        text.family(
            "slipway_scheduler_lag_seconds", .gauge, "Time for which nobody has made the runs of schedules, by store.")
        for (store, lag) in state.schedulerLags.sorted(by: { $0.key < $1.key }) {
            text.sample("slipway_scheduler_lag_seconds", [("store", store)], lag)
        }
    }
}
