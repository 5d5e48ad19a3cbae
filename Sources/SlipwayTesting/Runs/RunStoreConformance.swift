import SlipwayData
public import SlipwayPipelines

/// What every store of runs must hold, as claims over an empty store.
///
/// Leases of no length pass at once, so no claim waits.
public enum RunStoreConformance {
    /// A job, and how it is tried.
    public static let job = Job(.score, "nightly 'one'", in: "production")
    static let policy = RunPolicy(attemptCountMax: 3, firstPause: .zero, longestPause: .zero)
    static let slow = RunPolicy(attemptCountMax: 3, firstPause: .seconds(600), longestPause: .seconds(600))
    static let long = Duration.seconds(600)
    static let due = Timestamp(milliseconds: 1_700_000_000_000)

    /// The claims.
    public static let claims: [ConformanceClaim<any RunStore>] = making + taking + ending + changing

    private static let making: [ConformanceClaim<any RunStore>] = [
        ConformanceClaim("a run is made once for a due time, and comes back as it was made") { store in
            let made = try store.schedule(job, dueAt: due, makesUp: true)
            try ConformanceFailure.unlessEqual(made?.dueAt, due, "the due time")
            try ConformanceFailure.unlessEqual(try store.schedule(job, dueAt: due, makesUp: true), nil, "the second")
            try ConformanceFailure.unlessEqual(try store.runs(limit: 9), [made].compactMap(\.self), "the runs")
            for limit in [0, -1] { try ConformanceFailure.unlessEqual(try store.runs(limit: limit), [], "no run") }
        },
        ConformanceClaim("of many that make the run of one due time at once, one does") { store in
            let count = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 { group.addTask { try store.schedule(job, dueAt: due, makesUp: true) != nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try ConformanceFailure.unlessEqual(count, 1, "the runs that were made")
            try ConformanceFailure.unlessEqual(try store.runs(limit: 9).count, 1, "the runs")
        },
        ConformanceClaim("a schedule that makes up for nothing begins with the next due time") { store in
            try ConformanceFailure.unlessEqual(try store.schedule(job, dueAt: due, makesUp: false), nil, "the first")
            try ConformanceFailure.unlessEqual(try store.schedule(job, dueAt: due, makesUp: true), nil, "the same")
            let earlier = due.adding(milliseconds: -1)
            try ConformanceFailure.unlessEqual(try store.schedule(job, dueAt: earlier, makesUp: true), nil, "earlier")
            let later = try store.schedule(job, dueAt: due.adding(milliseconds: 60_000), makesUp: false)
            try ConformanceFailure.unless(later != nil, "the next due time makes a run")
        },
        ConformanceClaim("a later due time takes the place of a run that waits, not of one that runs") { store in
            let other = Job(.score, "other", in: "production")
            _ = try store.schedule(other, dueAt: due, makesUp: true)
            let first = try store.schedule(job, dueAt: due, makesUp: true)
            _ = try store.schedule(job, dueAt: due.adding(milliseconds: 1), makesUp: true)
            try ConformanceFailure.unlessEqual(try found(first?.id, in: store)?.state, .cancelled, "the first")
            let taken = try store.take(of: [job: policy], by: "ada", for: long)
            _ = try store.schedule(job, dueAt: due.adding(milliseconds: 2), makesUp: true)
            try ConformanceFailure.unlessEqual(try found(taken?.id, in: store)?.state, .running, "the second")
            try ConformanceFailure.unlessEqual(
                try store.runs(limit: 9).filter { $0.job == other }.map(\.state), [.waiting], "another job's run")
        },
        ConformanceClaim("what people start is due now, and each start is a run of its own") { store in
            let before = try store.now()
            let runs = try (0..<5).map { _ in try store.start(job) }
            try ConformanceFailure.unlessEqual(Set(runs.map(\.id)).count, 5, "the runs")
            try ConformanceFailure.unless(runs.allSatisfy { $0.dueAt >= before }, "they are due now")
            let scheduled = try store.schedule(job, dueAt: before.adding(milliseconds: 60_000), makesUp: true)
            try ConformanceFailure.unless(scheduled != nil, "the schedule goes on")
            try ConformanceFailure.unlessEqual(
                try store.runs(limit: 9).count { $0.state == .waiting }, 6, "the runs that wait")
        },
        ConformanceClaim("of the runs that ended the latest are kept, and all that have not") { store in
            let waiting = try store.start(Job(.refresh, "customers", in: "production"))
            for _ in 0..<Run.historyCountMax + 5 { _ = try store.cancel(try store.start(job).id, because: "enough") }
            _ = try store.start(job)
            let runs = try store.runs(limit: 1_000)
            try ConformanceFailure.unlessEqual(
                runs.count { $0.state == .cancelled }, Run.historyCountMax, "the runs that ended")
            try ConformanceFailure.unless(runs.contains { $0.id == waiting.id }, "the waiting run of another job stays")
        },
    ]

    private static let taking: [ConformanceClaim<any RunStore>] = [
        ConformanceClaim("of many that take runs at once, each run has one taker") { store in
            let jobs = (0..<4).map { Job(.refresh, "view\($0)", in: "production") }
            for job in jobs { _ = try store.start(job) }
            let policies = Dictionary(uniqueKeysWithValues: jobs.map { ($0, policy) })
            let taken = try await withThrowingTaskGroup(of: Run?.self) { group in
                for number in 0..<10 {
                    group.addTask { try store.take(of: policies, by: "worker \(number)", for: long) }
                }
                return try await group.reduce(into: [Run]()) { if let run = $1 { $0.append(run) } }
            }
            try ConformanceFailure.unlessEqual(Set(taken.map(\.id)).count, 4, "the runs that were taken")
            try ConformanceFailure.unlessEqual(taken.count, 4, "the takings")
            for run in taken {
                try ConformanceFailure.unlessEqual(try found(run.id, in: store), run, "the run that was taken")
            }
        },
        ConformanceClaim("the run that has been due longest comes first, one of a job at a time") { store in
            let other = Job(.refresh, "customers", in: "production")
            let runs = [
                try store.schedule(job, dueAt: due, makesUp: true), try store.start(job),
                try store.schedule(other, dueAt: due.adding(milliseconds: 1), makesUp: true),
            ].compactMap(\.self)
            let jobs = [job: policy, other: policy]
            let first = try store.take(of: jobs, by: "ada", for: long)
            try ConformanceFailure.unlessEqual(first?.id, runs[0].id, "the first")
            let second = try store.take(of: jobs, by: "bob", for: long)
            try ConformanceFailure.unlessEqual(second?.id, runs[2].id, "the second, of another job")
            try ConformanceFailure.unlessEqual(try store.take(of: jobs, by: "cy", for: long), nil, "the third")
            _ = try end(first, with: .done("well"), in: store)
            let third = try store.take(of: jobs, by: "cy", for: long)
            try ConformanceFailure.unlessEqual(third?.id, runs[1].id, "the one that waited for the first")
        },
        ConformanceClaim("only jobs that are asked for are taken, and those only after some patience") { store in
            _ = try store.start(job)
            let others = [Job(.score, job.name, in: "test"): policy, Job(.retrain, job.name, in: "production"): policy]
            try ConformanceFailure.unlessEqual(try store.take(of: others, by: "ada", for: long), nil, "another's run")
            let patient = try store.take(of: [job: policy], by: "ada", for: long, patience: long)
            try ConformanceFailure.unlessEqual(patient, nil, "a run that may be left to others")
            try ConformanceFailure.unless(
                try store.take(of: [job: policy], by: "ada", for: long) != nil, "the run is there to be taken")
        },
        ConformanceClaim("a run whose holder was lost is taken again, as often as it may be tried, then failed") {
            store in
            let made = try store.start(job)
            var tickets: [Run.Ticket] = []
            for number in 1...3 {
                let run = try store.take(of: [job: policy], by: "worker \(number)", for: .zero)
                try ConformanceFailure.unlessEqual(run?.attemptCount, number, "the attempts")
                tickets += [run?.ticket].compactMap(\.self)
            }
            try ConformanceFailure.unlessEqual(Set(tickets).count, 3, "the tickets")
            try ConformanceFailure.unlessEqual(
                try store.take(of: [job: policy], by: "worker 4", for: .zero), nil, "the fourth taking")
            let last = try found(made.id, in: store)
            try ConformanceFailure.unlessEqual(last?.state, .failed, "the state")
            try ConformanceFailure.unless(last?.error?.contains("worker 3") ?? false, "the error names the holder")
        },
        ConformanceClaim("after a lost holder there is a pause, in which no other run of the job is taken") { store in
            _ = try store.start(job)
            _ = try store.take(of: [job: slow], by: "ada", for: .zero)
            _ = try store.start(job)
            try ConformanceFailure.unlessEqual(try store.take(of: [job: slow], by: "bob", for: long), nil, "a run")
        },
    ]

    private static let ending: [ConformanceClaim<any RunStore>] = [
        ConformanceClaim("a holder ends its run once, and the result is kept") { store in
            let made = try store.start(job)
            let taken = try store.take(of: [job: policy], by: "ada", for: long)
            try ConformanceFailure.unless(try end(taken, with: .done("3 rows"), in: store), "it is ended")
            let run = try found(made.id, in: store)
            try ConformanceFailure.unlessEqual(run?.state, .done, "the state")
            try ConformanceFailure.unlessEqual(run?.result, "3 rows", "the result")
            try ConformanceFailure.unlessEqual(run?.holder, "ada", "who did it")
            try ConformanceFailure.unless(run?.startedAt != nil && run?.endedAt != nil, "the times are kept")
            try ConformanceFailure.unless(try !end(taken, with: .failed("again"), in: store), "it is not ended twice")
            try ConformanceFailure.unless(try !renew(taken, in: store), "it is not renewed either")
            try ConformanceFailure.unlessEqual(try found(made.id, in: store), run, "the run")
        },
        ConformanceClaim("whose run another has taken can neither renew nor end it") { store in
            let made = try store.start(job)
            let first = try store.take(of: [job: policy], by: "ada", for: .zero)
            let second = try store.take(of: [job: policy], by: "bob", for: long)
            try ConformanceFailure.unlessEqual(second?.id, made.id, "the run that was taken again")
            try ConformanceFailure.unless(try !renew(first, in: store), "the first does not renew it")
            for outcome in [Run.Outcome.done("late"), .failed("late"), .givenBack] {
                try ConformanceFailure.unless(try !end(first, with: outcome, in: store), "the first does not end it")
            }
            try ConformanceFailure.unlessEqual(try found(made.id, in: store), second, "the run")
            try ConformanceFailure.unless(try end(second, with: .done("in time"), in: store), "the second ends it")
        },
        ConformanceClaim("a lease that has passed is renewed as long as nobody took the run") { store in
            _ = try store.start(job)
            let first = try store.take(of: [job: slow], by: "ada", for: .zero)
            try ConformanceFailure.unless(try renew(first, in: store), "it is renewed")
            try ConformanceFailure.unlessEqual(
                try store.take(of: [job: policy], by: "bob", for: long), nil, "a run for another")
        },
        ConformanceClaim("a failure is tried again after a pause, as often as it may be, then the run has failed") {
            store in
            let made = try store.start(job)
            for number in 1...3 {
                let taken = try store.take(of: [job: policy], by: "ada", for: long)
                try ConformanceFailure.unlessEqual(taken?.attemptCount, number, "the attempts")
                try ConformanceFailure.unless(try end(taken, with: .failed("no \(number)"), in: store), "it is ended")
            }
            let run = try found(made.id, in: store)
            try ConformanceFailure.unlessEqual(run?.state, .failed, "the state")
            try ConformanceFailure.unlessEqual(run?.error, "no 3", "the error")
            _ = try store.start(job)
            let taken = try store.take(of: [job: slow], by: "ada", for: long)
            if let ticket = taken?.ticket { _ = try store.end(ticket, with: .failed("wait"), policy: slow) }
            try ConformanceFailure.unlessEqual(try store.take(of: [job: slow], by: "ada", for: long), nil, "a run")
        },
        ConformanceClaim("a run that is given back is there at once, and the attempt does not count") { store in
            _ = try store.start(job)
            for _ in 0..<5 {
                let taken = try store.take(of: [job: policy], by: "ada", for: long)
                try ConformanceFailure.unlessEqual(taken?.attemptCount, 1, "the attempts")
                try ConformanceFailure.unless(try end(taken, with: .givenBack, in: store), "it is given back")
            }
        },
        ConformanceClaim("long and odd texts are kept as far as there is room") { store in
            let made = try store.start(job)
            let taken = try store.take(of: [job: policy], by: "ada", for: long)
            let text = "a\0b ✓ " + String(repeating: "long ", count: 10_000)
            try ConformanceFailure.unless(try end(taken, with: .done(text), in: store), "it is ended")
            let kept = try found(made.id, in: store)?.result ?? ""
            try ConformanceFailure.unless(kept.hasPrefix("a\u{FFFD}b ✓ long "), "its beginning is kept")
            try ConformanceFailure.unless(kept.utf8.count < Run.textByteCountMax + 8, "it is cut")
        },
    ]

    private static let changing: [ConformanceClaim<any RunStore>] = [
        ConformanceClaim("a cancelled run is nobody's, also when it ran") { store in
            let waiting = try store.start(job)
            try ConformanceFailure.unlessEqual(
                try store.cancel(waiting.id, because: "ada said so")?.state, .cancelled, "the state")
            try ConformanceFailure.unlessEqual(try found(waiting.id, in: store)?.error, "ada said so", "the reason")
            try ConformanceFailure.unlessEqual(try store.take(of: [job: policy], by: "bob", for: long), nil, "a run")
            _ = try store.start(job)
            let taken = try store.take(of: [job: policy], by: "bob", for: long)
            _ = try store.cancel(taken?.id ?? "", because: "enough")
            try ConformanceFailure.unless(try !renew(taken, in: store), "its holder does not renew it")
            try ConformanceFailure.unless(try !end(taken, with: .done("late"), in: store), "nor end it")
            try ConformanceFailure.unlessEqual(
                refusal { _ = try store.cancel(waiting.id, because: "again") }, .conflict, "the second cancelling")
            try ConformanceFailure.unlessEqual(try store.cancel("nothing", because: "it"), nil, "an unknown run")
        },
        ConformanceClaim("what failed or was cancelled is tried again when somebody says so, with all its attempts") {
            store in
            let made = try store.start(job)
            for _ in 1...3 {
                _ = try end(try store.take(of: [job: policy], by: "ada", for: long), with: .failed("no"), in: store)
            }
            try ConformanceFailure.unlessEqual(try store.retry(made.id)?.state, .waiting, "the state")
            let taken = try store.take(of: [job: policy], by: "bob", for: long)
            try ConformanceFailure.unlessEqual(taken?.id, made.id, "the run that was taken")
            try ConformanceFailure.unlessEqual(taken?.attemptCount, 1, "the attempts")
            try ConformanceFailure.unlessEqual(refusal { _ = try store.retry(made.id) }, .conflict, "one that runs")
            _ = try end(taken, with: .done("well"), in: store)
            try ConformanceFailure.unlessEqual(refusal { _ = try store.retry(made.id) }, .conflict, "one that is done")
            try ConformanceFailure.unlessEqual(try store.retry("nothing"), nil, "an unknown run")
        },
        ConformanceClaim("one holder at a time has a right, until it lets go or its time passes") { store in
            try ConformanceFailure.unlessEqual(try store.leaseEnd(of: "scheduler"), nil, "a right nobody had")
            try ConformanceFailure.unless(try store.lease("scheduler", to: "ada", for: long), "the first has it")
            try ConformanceFailure.unless(try !store.lease("scheduler", to: "bob", for: long), "the second has not")
            try ConformanceFailure.unless(try store.lease("scheduler", to: "ada", for: long), "the first renews it")
            try ConformanceFailure.unless(try store.lease("other", to: "bob", for: long), "another right is another")
            let end = try store.leaseEnd(of: "scheduler")
            try ConformanceFailure.unless(try end.map { try $0 > store.now() } ?? false, "it lasts")
            try ConformanceFailure.unless(try store.lease("scheduler", to: "ada", for: .zero), "the first lets go")
            try ConformanceFailure.unless(try store.lease("scheduler", to: "bob", for: .zero), "the second has it")
            try ConformanceFailure.unless(try store.lease("scheduler", to: "ada", for: long), "its time passed")
        },
    ]

    private static func found(_ id: String?, in store: any RunStore) throws -> Run? {
        try store.runs(limit: 1_000).first { $0.id == id }
    }

    private static func end(_ run: Run?, with outcome: Run.Outcome, in store: any RunStore) throws -> Bool {
        guard let run else { throw ConformanceFailure("there is no run to end") }
        return try store.end(run.ticket, with: outcome, policy: policy)
    }

    private static func renew(_ run: Run?, in store: any RunStore) throws -> Bool {
        guard let run else { throw ConformanceFailure("there is no run to renew") }
        return try store.renew(run.ticket, for: long, policy: policy)
    }

    private static func refusal(_ work: () throws -> Void) -> PipelineError.Code? {
        do {
            try work()
            return nil
        } catch {
            return (error as? PipelineError)?.kind
        }
    }
}
