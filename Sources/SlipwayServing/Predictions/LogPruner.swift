public import Logging
public import ServiceLifecycle
import SlipwayData
import SlipwayMonitoring

/// Removes what the project does not keep of its logs, while the server runs and its clock can be believed.
public struct LogPruner: Service {
    /// How often the logs are looked at.
    public static let interval = Duration.seconds(60)

    private let logs: ServingLogs
    private let interval: Duration
    private let logger: Logger

    /// Makes a pruner.
    public init(logs: ServingLogs, logger: Logger, interval: Duration = Self.interval) {
        self.logs = logs
        self.interval = interval
        self.logger = logger
    }

    /// Looks at the logs at once and then again and again, until the server shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var watch = ClockWatch()
            while !Task.isCancelled {
                let now = logs.time
                if watch.isBelievable(now, at: .now) {
                    await prune(at: now)
                } else {
                    logger.warning("the clock jumped forward, so nothing is removed from the logs until it has settled")
                }
                try? await Task.sleep(for: interval)
            }
        }
    }

    private func prune(at now: Timestamp) async {
        let logs = logs
        do throws(LogError) {
            let pruning = try await BlockingWork.run { () throws(LogError) in try logs.prune(at: now) }
            if !pruning.removed.isEmpty { logger.notice("\(pruning)") }
        } catch {
            logger.error("the logs cannot be pruned", metadata: ["error": "\(error)"])
        }
    }
}
