public import SlipwayData
public import SlipwayPipelines
public import SlipwaySQL

/// The runs of jobs in a SQL store.
///
/// Each change reads the open runs inside a write transaction, whose lock is taken at its start, and keeps what their
/// own methods made of them; so no two holders see the same run as theirs. Times are by the clock of the database.
public struct SQLRunStore: RunStore {
    private let database: any SQLDatabase

    /// Opens the runs, bringing their tables up to date.
    ///
    /// - Throws: ``PipelineError`` of kind `storeFailed`.
    public init(_ database: any SQLDatabase) throws(PipelineError) {
        self.database = database
        try Self.wrapping { try database.migrate(RunMigrations.all, component: RunMigrations.component) }
    }

    /// The time by the database's clock.
    public func now() throws(PipelineError) -> Timestamp {
        try Self.wrapping { try database.read { try $0.now() } }
    }

    /// Makes the run of a job for a due time of its schedule.
    public func schedule(_ job: Job, dueAt: Timestamp, makesUp: Bool) throws(PipelineError) -> Run? {
        try Self.wrapping {
            // Asked about every second, and seldom answered with yes.
            guard try database.read({ try Self.lastDue(of: job, on: $0) }).map({ $0 < dueAt }) ?? true else {
                return nil
            }
            return try database.write { connection in
                let last = try Self.lastDue(of: job, on: connection)
                guard last.map({ $0 < dueAt }) ?? true else { return nil }
                try connection.execute(
                    """
                    insert into run_schedules (environment, kind, name, last_due_ms) values ($1, $2, $3, $4)
                    on conflict (environment, kind, name) do update set last_due_ms = excluded.last_due_ms
                    """, Self.cells(of: job) + [.integer(dueAt.milliseconds)])
                guard last != nil || makesUp else { return nil }
                let now = try connection.now()
                var sheet = RunSheet(try Self.openRuns(on: connection))
                sheet.cancel(job, dueBefore: dueAt, at: now)
                try Self.keep(sheet, on: connection)
                let run = Run(of: job, dueAt: dueAt, origin: .schedule, madeAt: now)
                return try Self.make(run, on: connection) ? run : nil
            }
        }
    }

    /// Makes a run of a job that is due now.
    public func start(_ job: Job) throws(PipelineError) -> Run {
        try Self.wrapping {
            try database.write { connection in
                var due = try connection.now()
                let now = due
                // Two that are wanted in the same millisecond are two.
                while true {
                    let run = Run(of: job, dueAt: due, origin: .person, madeAt: now)
                    if try Self.make(run, on: connection) { return run }
                    due = due.adding(milliseconds: 1)
                }
            }
        }
    }

    /// Takes the run that has been due longest.
    public func take(
        of jobs: [Job: RunPolicy], by holder: String, for time: Duration, patience: Duration
    ) throws(PipelineError) -> Run? {
        try Self.wrapping {
            let mayTake = try database.read { connection in
                let now = try connection.now()
                return try Self.openRuns(on: connection).contains {
                    jobs[$0.job] != nil && $0.isAvailable(at: now)
                }
            }
            guard mayTake else { return nil }
            return try database.write { connection in
                var sheet = RunSheet(try Self.openRuns(on: connection))
                let run = sheet.take(of: jobs, by: holder, for: time, patience: patience, at: try connection.now())
                try Self.keep(sheet, on: connection)
                return run
            }
        }
    }

    /// Keeps a run for longer.
    public func renew(
        _ ticket: Run.Ticket, for time: Duration, policy: RunPolicy
    ) throws(PipelineError) -> Bool {
        try change(ticket.id) { $0.renew(ticket, for: time, policy: policy, at: $1) } ?? false
    }

    /// Ends an attempt.
    public func end(
        _ ticket: Run.Ticket, with outcome: Run.Outcome, policy: RunPolicy
    ) throws(PipelineError) -> Bool {
        try change(ticket.id) { $0.end(ticket, with: outcome, policy: policy, at: $1) } ?? false
    }

    /// Takes a run back from whoever has it.
    public func cancel(_ id: String, because reason: String) throws(PipelineError) -> Run? {
        try change(id) { run, now throws(PipelineError) in
            guard run.cancel(because: reason, at: now) else {
                throw PipelineError(.conflict, "the run \(id) has ended already: it is \(run.state.rawValue)")
            }
            return run
        }
    }

    /// Lets a run that failed or was cancelled be taken again.
    public func retry(_ id: String) throws(PipelineError) -> Run? {
        try change(id) { run, now throws(PipelineError) in
            guard run.retry(at: now) else {
                throw PipelineError(
                    .conflict, "the run \(id) is \(run.state.rawValue)",
                    hint: "Only runs that failed or were cancelled are tried again; slipway run start makes a new one.")
            }
            return run
        }
    }

    /// The runs that are kept, the latest first.
    public func runs(limit: Int) throws(PipelineError) -> [Run] {
        // SQLite takes a negative limit for none at all.
        let limit = max(0, limit)
        return try Self.wrapping {
            try database.query(
                "select * from runs order by due_ms desc, id limit $1", [.integer(Int64(limit))], until: nil
            ).map(Run.init)
        }
    }

    /// Takes or renews a right that one holder at a time has.
    public func lease(_ right: String, to holder: String, for time: Duration) throws(PipelineError) -> Bool {
        try Self.wrapping {
            try database.write { connection in
                let now = try connection.now()
                // A row that is there already stays as it is unless its holder asks, or its time has passed.
                return try connection.execute(
                    """
                    insert into run_leases (name, holder, expires_ms) values ($1, $2, $3)
                    on conflict (name) do update set holder = excluded.holder, expires_ms = excluded.expires_ms
                    where run_leases.holder = excluded.holder or run_leases.expires_ms <= $4
                    """,
                    [
                        .string(right), .string(holder),
                        .integer(now.adding(milliseconds: Int64(time / .milliseconds(1))).milliseconds),
                        .integer(now.milliseconds),
                    ]) == 1
            }
        }
    }

    /// When a right passes or passed.
    public func leaseEnd(of right: String) throws(PipelineError) -> Timestamp? {
        try Self.wrapping {
            try database.query(
                "select expires_ms from run_leases where name = $1", [.string(right)], until: nil
            ).first.map { Timestamp(milliseconds: Int64(try $0.integer("expires_ms"))) }
        }
    }
}

extension SQLRunStore {
    /// Changes one run; `nil` when it is not there.
    private func change<T>(
        _ id: String, _ body: (inout Run, Timestamp) throws -> T
    ) throws(PipelineError) -> T? {
        try Self.wrapping {
            try database.write { connection in
                let row = try connection.queryFirst("select * from runs where id = $1", [.string(id)])
                guard let before = try row.map(Run.init) else { return nil }
                var run = before
                let result = try body(&run, try connection.now())
                if run != before { try Self.keep(run, on: connection) }
                return result
            }
        }
    }

    private static func openRuns(on connection: any SQLConnection) throws -> [Run] {
        try connection.query("select * from runs where state in ('waiting', 'running')").map(Run.init)
    }

    private static func lastDue(of job: Job, on connection: any SQLConnection) throws -> Timestamp? {
        try connection.queryFirst(
            "select last_due_ms from run_schedules where environment = $1 and kind = $2 and name = $3", cells(of: job)
        ).map { Timestamp(milliseconds: Int64(try $0.integer("last_due_ms"))) }
    }

    private static func cells(of job: Job) -> [Value] {
        [.string(job.environment), .string(job.kind.rawValue), .string(job.name)]
    }

    /// Keeps a new run, and drops the oldest of its job.
    ///
    /// - Returns: Whether there was none with its id.
    private static func make(_ run: Run, on connection: any SQLConnection) throws -> Bool {
        let places = Run.columns.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
        let isNew =
            try connection.execute(
                """
                insert into runs (\(Run.columns.joined(separator: ", "))) values (\(places)) on conflict (id) do nothing
                """, run.cells) == 1
        guard isNew else { return false }
        try connection.execute(
            """
            delete from runs where id in (
                select id from runs where environment = $1 and kind = $2 and name = $3
                    and state not in ('waiting', 'running')
                order by due_ms desc limit 1000000 offset \(Run.historyCountMax))
            """, cells(of: run.job))
        return true
    }

    private static func keep(_ sheet: RunSheet, on connection: any SQLConnection) throws {
        for run in sheet.changed.values { try keep(run, on: connection) }
    }

    private static func keep(_ run: Run, on connection: any SQLConnection) throws {
        let changes = Run.columns.indices.map { "\(Run.columns[$0]) = $\($0 + 1)" }
        try connection.execute("update runs set \(changes.joined(separator: ", ")) where id = $1", run.cells)
    }

    private static func wrapping<T>(_ body: () throws -> T) throws(PipelineError) -> T {
        do {
            return try body()
        } catch let error as PipelineError {
            throw error
        } catch let error as any DescribedError {
            throw PipelineError(.storeFailed, "the runs cannot be used: \(error.message)", hint: error.hint)
        } catch {
            throw PipelineError(.storeFailed, "the runs cannot be used: \(error)")
        }
    }
}
