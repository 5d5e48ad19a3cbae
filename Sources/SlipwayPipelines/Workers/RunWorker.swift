import SlipwayData
import Synchronization

/// Does the runs of a store that are due, and makes those of schedules when it is its turn to.
///
/// Any number of workers on any machines may share a store. One of them at a time makes runs; if two believed it were
/// them, each due time would still have one run. A worker that is killed loses its runs when their leases pass.
public final class RunWorker: Sendable {
    /// The name of this worker, which no other has.
    public let holder: String

    let store: any RunStore
    let jobs: [Job: PlannedJob]
    let policies: [Job: RunPolicy]
    let options: Options
    let report: @Sendable (Event) -> Void
    private let right: String
    private let state = Mutex(State())

    struct State {
        var held: [Run.Ticket: Run] = [:]
        var isStopping = false
        var isStoreReadable = true
        /// Whether it is the one that schedules, and from when it asks again.
        var schedules = false
        var asksAt: ContinuousClock.Instant?
        /// The due times that the store was told of.
        var told: [Job: Timestamp] = [:]
    }

    /// Makes a worker.
    ///
    /// - Parameters:
    ///   - jobs: What it can do.
    ///   - right: The name of the right to schedule, which one of all workers with such jobs has.
    ///   - holder: A name that no other worker has.
    ///   - report: Called with whatever happens.
    public init(
        store: any RunStore, jobs: [PlannedJob], right: String, holder: String, options: Options = Options(),
        report: @escaping @Sendable (Event) -> Void = { _ in }
    ) {
        self.store = store
        self.jobs = Dictionary(jobs.map { ($0.job, $0) }) { $1 }
        policies = self.jobs.mapValues(\.policy)
        self.right = right
        self.holder = holder
        self.options = options
        self.report = report
    }

    /// Works until it is told to stop or its task is cancelled.
    ///
    /// Told to stop, it takes nothing more and ends when its runs have; cancelled, it cancels their work, and those that
    /// end by it are given back.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            while !isStopping, !Task.isCancelled {
                if !jobs.isEmpty { await turn(in: &group) }
                try? await Task.sleep(for: options.interval)
            }
        }
        await letGo()
    }

    /// Makes what is due by schedule, and does runs until none is there to be taken.
    ///
    /// - Returns: How many attempts were made, and how many of them failed.
    /// - Throws: ``PipelineError`` when the store cannot be used.
    public func runOnce() async throws(PipelineError) -> (attemptCount: Int, failureCount: Int) {
        var counts = (attemptCount: 0, failureCount: 0)
        try await blocking { worker throws(PipelineError) in try worker.schedule() }
        while !isStopping, !Task.isCancelled, let run = try await takeNext() {
            counts.attemptCount += 1
            if await !attempt(run) { counts.failureCount += 1 }
        }
        await letGo()
        return counts
    }

    /// Takes no more runs from now on.
    public func stop() { state.withLock { $0.isStopping = true } }

    /// Whether some run is being done.
    public var isBusy: Bool { state.withLock { !$0.held.isEmpty } }

    /// Gives back the runs that are being done; their work must not go on, as a process does not that ends now.
    ///
    /// Blocks its thread.
    public func giveBackAll() {
        for (ticket, run) in state.withLock({ $0.held }) {
            guard let policy = policies[run.job] else { continue }
            if (try? store.end(ticket, with: .givenBack, policy: policy)) == true { report(.gaveBack(run)) }
        }
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } }

    private func turn(in group: inout TaskGroup<Void>) async {
        do throws(PipelineError) {
            try await blocking { worker throws(PipelineError) in try worker.schedule() }
            while state.withLock({ $0.held.count < options.runCountMax }), !isStopping,
                let run = try await takeNext()
            {
                group.addTask { _ = await self.attempt(run) }
            }
            state.withLock { $0.isStoreReadable = true }
        } catch {
            let isNews = state.withLock { state in
                defer { state.isStoreReadable = false }
                return state.isStoreReadable
            }
            if isNews { report(.storeFailed(error)) }
        }
    }

    private func takeNext() async throws(PipelineError) -> Run? {
        try await blocking { worker throws(PipelineError) in try worker.take() }
    }

    private func take() throws(PipelineError) -> Run? {
        guard
            let run = try store.take(
                of: policies, by: holder, for: options.leaseTime, patience: options.patience)
        else { return nil }
        state.withLock { $0.held[run.ticket] = run }
        report(.took(run))
        return run
    }

    func forget(_ ticket: Run.Ticket) { _ = state.withLock { $0.held.removeValue(forKey: ticket) } }

    func blocking<T: Sendable>(
        _ work: @escaping @Sendable (RunWorker) throws(PipelineError) -> T
    ) async throws(PipelineError) -> T {
        try await BlockingWork.run { [self] () throws(PipelineError) in try work(self) }
    }
}

extension RunWorker {
    /// Makes the runs that are due, where it is this worker's turn to.
    private func schedule() throws(PipelineError) {
        guard jobs.values.contains(where: { $0.lastDue != nil }), try isScheduler() else { return }
        let now = try store.now()
        for job in jobs.values.sorted(by: { $0.job.description < $1.job.description }) {
            guard let due = job.lastDue?(now), state.withLock({ $0.told[job.job] != due }) else { continue }
            if let run = try store.schedule(job.job, dueAt: due, makesUp: job.makesUp(due)) { report(.scheduled(run)) }
            state.withLock { $0.told[job.job] = due }
        }
    }

    private func isScheduler() throws(PipelineError) -> Bool {
        let now = ContinuousClock.now
        let (schedules, asksAt) = state.withLock { ($0.schedules, $0.asksAt) }
        if let asksAt, now < asksAt { return schedules }
        let hasRight = try store.lease(right, to: holder, for: options.leaseTime)
        state.withLock { state in
            state.schedules = hasRight
            state.asksAt = now + options.leaseTime / 3
            // Whoever had the right meanwhile may have been told of other times.
            if !hasRight { state.told = [:] }
        }
        if hasRight != schedules { report(.schedules(hasRight)) }
        return hasRight
    }

    /// Leaves the right to schedule to others at once.
    private func letGo() async {
        guard state.withLock({ $0.schedules }) else { return }
        state.withLock { ($0.schedules, $0.asksAt) = (false, nil) }
        _ = try? await blocking { worker throws(PipelineError) in
            try worker.store.lease(worker.right, to: worker.holder, for: .zero)
        }
        report(.schedules(false))
    }
}
