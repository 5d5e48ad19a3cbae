import Logging
import ServiceLifecycle
import SlipwayData
import SlipwayPipelines
import SlipwayServing

/// Looks again and again how the runs of an environment stand, for a server's metrics.
struct RunWatcher: Service {
    /// How often the runs are looked at.
    static let interval = Duration.seconds(5)

    private let runs: Platform.Runs
    private let figures: RunFigures
    private let logger: Logger

    /// Makes a watcher.
    init(_ runs: Platform.Runs, figures: RunFigures, logger: Logger) {
        self.runs = runs
        self.figures = figures
        self.logger = logger
    }

    /// Looks until the server shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await BlockingWork.run { () throws in try look() }
                } catch {
                    // The figures of before stay; what else asks the store says so louder.
                    logger.debug("the runs cannot be looked at", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private func look() throws {
        let now = try runs.ofRegistry.now()
        let all = try runs.all(limit: Platform.Runs.readCountMax)
        let jobs = try Dictionary(grouping: all, by: \.job).map { job, runs in
            RunFigures.Job(
                kind: job.kind.rawValue, name: job.name,
                countByState: Dictionary(try runs.map { (try self.runs.word(for: $0), 1) }, uniquingKeysWith: +),
                lagSeconds: runs.lazy.filter { !$0.state.isEnded }.map { Self.seconds(from: $0.dueAt, to: now) }.max()
                    ?? 0)
        }
        var lags: [String: Double] = [:]
        for (name, store) in [("serving", runs.ofServingStore), ("registry", runs.ofRegistry)] {
            if let end = try store.leaseEnd(of: runs.schedulerRight) {
                lags[name] = Self.seconds(from: end, to: try store.now())
            }
        }
        figures.note(jobs, schedulerLags: lags)
    }

    private static func seconds(from start: Timestamp, to end: Timestamp) -> Double {
        max(0, Double(end.milliseconds - start.milliseconds) / 1_000)
    }
}
