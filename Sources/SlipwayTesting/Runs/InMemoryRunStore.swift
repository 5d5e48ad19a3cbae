public import SlipwayData
public import SlipwayPipelines
import Synchronization

/// A store of runs without a disk, on a clock of its own, for tests of what stands on the seam.
public final class InMemoryRunStore: RunStore {
    private struct State {
        var runs: [String: Run] = [:]
        var lastDue: [Job: Timestamp] = [:]
        var leases: [String: (holder: String, end: Timestamp)] = [:]

        var open: [Run] { runs.values.filter { !$0.state.isEnded } }

        mutating func keep(_ sheet: RunSheet) { runs.merge(sheet.changed) { $1 } }

        mutating func make(_ run: Run) -> Bool {
            guard runs[run.id] == nil else { return false }
            runs[run.id] = run
            let ended = runs.values.filter { $0.job == run.job && $0.state.isEnded }.sorted { $0.dueAt > $1.dueAt }
            for old in ended.dropFirst(Run.historyCountMax) { runs[old.id] = nil }
            return true
        }
    }

    private let state = Mutex(State())
    private let clock: @Sendable () -> Timestamp

    /// Makes an empty store.
    ///
    /// - Parameter clock: The store's clock.
    public init(clock: @escaping @Sendable () -> Timestamp = { .now() }) { self.clock = clock }

    /// The time by the store's clock.
    public func now() -> Timestamp { clock() }

    /// Makes the run of a job for a due time of its schedule.
    public func schedule(_ job: Job, dueAt: Timestamp, makesUp: Bool) -> Run? {
        state.withLock { state in
            let last = state.lastDue[job]
            guard last.map({ $0 < dueAt }) ?? true else { return nil }
            state.lastDue[job] = dueAt
            guard last != nil || makesUp else { return nil }
            var sheet = RunSheet(state.open)
            sheet.cancel(job, dueBefore: dueAt, at: clock())
            state.keep(sheet)
            let run = Run(of: job, dueAt: dueAt, origin: .schedule, madeAt: clock())
            return state.make(run) ? run : nil
        }
    }

    /// Makes a run of a job that is due now.
    public func start(_ job: Job) -> Run {
        state.withLock { state in
            let now = clock()
            var due = now
            while true {
                let run = Run(of: job, dueAt: due, origin: .person, madeAt: now)
                if state.make(run) { return run }
                due = due.adding(milliseconds: 1)
            }
        }
    }

    /// Takes the run that has been due longest.
    public func take(
        of jobs: [Job: RunPolicy], by holder: String, for time: Duration, patience: Duration
    ) -> Run? {
        state.withLock { state in
            var sheet = RunSheet(state.open)
            let run = sheet.take(of: jobs, by: holder, for: time, patience: patience, at: clock())
            state.keep(sheet)
            return run
        }
    }

    /// Keeps a run for longer.
    public func renew(_ ticket: Run.Ticket, for time: Duration, policy: RunPolicy) -> Bool {
        state.withLock { $0.runs[ticket.id]?.renew(ticket, for: time, policy: policy, at: clock()) ?? false }
    }

    /// Ends an attempt.
    public func end(_ ticket: Run.Ticket, with outcome: Run.Outcome, policy: RunPolicy) -> Bool {
        state.withLock { $0.runs[ticket.id]?.end(ticket, with: outcome, policy: policy, at: clock()) ?? false }
    }

    /// Takes a run back from whoever has it.
    public func cancel(_ id: String, because reason: String) throws(PipelineError) -> Run? {
        try change(id) { $0.cancel(because: reason, at: $1) }
    }

    /// Lets a run that failed or was cancelled be taken again.
    public func retry(_ id: String) throws(PipelineError) -> Run? { try change(id) { $0.retry(at: $1) } }

    /// The runs that are kept, the latest first.
    public func runs(limit: Int) -> [Run] {
        let runs = state.withLock { Array($0.runs.values) }
        return Array(runs.sorted { ($1.dueAt, $0.id) < ($0.dueAt, $1.id) }.prefix(max(0, limit)))
    }

    /// Takes or renews a right that one holder at a time has.
    public func lease(_ right: String, to holder: String, for time: Duration) -> Bool {
        state.withLock { state in
            let now = clock()
            if let held = state.leases[right], held.holder != holder, held.end > now { return false }
            state.leases[right] = (holder, now.adding(milliseconds: Int64(time / .milliseconds(1))))
            return true
        }
    }

    /// When a right passes or passed.
    public func leaseEnd(of right: String) -> Timestamp? { state.withLock { $0.leases[right]?.end } }

    private func change(_ id: String, _ body: (inout Run, Timestamp) -> Bool) throws(PipelineError) -> Run? {
        try state.withLock { state throws(PipelineError) in
            guard var run = state.runs[id] else { return nil }
            guard body(&run, clock()) else {
                throw PipelineError(.conflict, "the run \(id) is \(run.state.rawValue)")
            }
            state.runs[id] = run
            return run
        }
    }
}
