public import SlipwayData

/// The runs of a store that have not ended, and what one write changes about them.
///
/// Stores read the open runs under their lock, ask the sheet, and keep what it changed.
public struct RunSheet {
    /// The open runs, those that are due first before the others.
    private var runs: [Run]
    /// The runs that were changed, by id.
    public private(set) var changed: [String: Run] = [:]

    /// Takes up the open runs in any order.
    public init(_ runs: [Run]) {
        self.runs = runs.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }
    }

    /// Cancels the runs that wait for earlier times of a job's schedule.
    public mutating func cancel(_ job: Job, dueBefore due: Timestamp, at now: Timestamp) {
        for index in runs.indices where runs[index].job == job && runs[index].origin == .schedule {
            guard runs[index].state == .waiting, runs[index].dueAt < due else { continue }
            _ = runs[index].cancel(because: "the run that was due at \(due) took its place", at: now)
            changed[runs[index].id] = runs[index]
        }
    }

    /// Takes the run that has been due longest, see ``RunStore/take(of:by:for:patience:)``.
    ///
    /// Runs on the way whose holders were lost too often are ended.
    public mutating func take(
        of jobs: [Job: RunPolicy], by holder: String, for time: Duration, patience: Duration, at now: Timestamp
    ) -> Run? {
        let availableAt = now.adding(milliseconds: -Int64(patience / .milliseconds(1)))
        // One that was lost keeps its job to itself until somebody takes it up.
        let busy = Set(runs.lazy.filter { $0.state == .running && !$0.isAvailable(at: availableAt) }.map(\.job))
        for index in runs.indices {
            guard let policy = jobs[runs[index].job], !busy.contains(runs[index].job),
                runs[index].isAvailable(at: availableAt)
            else { continue }
            let isTaken = runs[index].take(by: holder, for: time, policy: policy, at: now)
            changed[runs[index].id] = runs[index]
            if isTaken { return runs[index] }
        }
        return nil
    }
}
