import Foundation
import Logging
import SlipwayFeatures
import SlipwayPipelines
import Synchronization
import UnixSignals

/// The workers of a process: one for the runs of each store.
struct ProjectWork: Sendable {
    /// Signals so close together are one, as for servers.
    private static let sameRequestMax = ShutdownWatch.sameRequestMax
    /// How long work that is cancelled may take to end, which is more than a program's time between two signals.
    private static let endingTime = Duration.seconds(7)

    /// The name of this process among the workers.
    let holder: String
    private let workers: [RunWorker]
    private let logger: Logger

    /// Opens the stores of an environment.
    init(_ platform: Platform, environment: String, options: RunWorker.Options, logger: Logger) throws {
        let runs = try platform.runs(of: environment)
        let jobs = platform.jobs(in: environment, features: try platform.featureStore(of: environment))
        let (refreshes, others) = (jobs.filter { $0.job.kind == .refresh }, jobs.filter { $0.job.kind != .refresh })
        holder = Platform.holder()
        self.logger = logger
        workers = [(runs.ofServingStore, refreshes), (runs.ofRegistry, others)].map { [holder] store, jobs in
            RunWorker(
                store: store, jobs: jobs, right: runs.schedulerRight, holder: holder, options: options
            ) { logger.note($0) }
        }
    }

    /// Does what is due.
    ///
    /// - Returns: The attempts, and those that failed.
    func runOnce() async throws(PipelineError) -> (attemptCount: Int, failureCount: Int) {
        var counts = (attemptCount: 0, failureCount: 0)
        for worker in workers {
            let more = try await worker.runOnce()
            counts = (counts.attemptCount + more.attemptCount, counts.failureCount + more.failureCount)
        }
        return counts
    }

    /// Works until the process is asked to end, and then as long as runs go on and may.
    func run(drain: Duration) async {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        let work = Task {
            await withTaskGroup(of: Void.self) { group in
                for worker in workers { group.addTask { await worker.run() } }
            }
        }
        let watching = Task { await watch(signals, drain: drain, over: work) }
        await work.value
        watching.cancel()
    }

    private func watch(_ signals: UnixSignalsSequence, drain: Duration, over work: Task<Void, Never>) async {
        await withTaskGroup(of: Void.self) { group in
            var askedAt: ContinuousClock.Instant?
            for await signal in signals {
                if let askedAt {
                    guard askedAt.duration(to: .now) > Self.sameRequestMax else { continue }
                    end(code: signal == .sigint ? 130 : 143)
                }
                askedAt = .now
                logger.info("takes no more runs", metadata: ["drain": "\(drain)"])
                for worker in workers { worker.stop() }
                group.addTask {
                    try? await Task.sleep(for: drain)
                    // Programs are ended and their runs given back; scoring does not end by being asked to.
                    work.cancel()
                    try? await Task.sleep(for: Self.endingTime)
                    if !Task.isCancelled { end(code: 0) }
                }
            }
            group.cancelAll()
        }
    }

    /// Ends the process at once; what its runs had not kept is as if they had never begun.
    private func end(code: Int32) -> Never {
        for worker in workers { worker.giveBackAll() }
        _exit(code)
    }
}
