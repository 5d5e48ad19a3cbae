public import Logging
public import ServiceLifecycle
import SlipwayData

/// Brings the logs to the disk once a second, so that a power cut loses a second at most.
public struct LogSynchronizer: Service {
    /// How often the logs are synchronised.
    public static let interval = Duration.seconds(1)

    private let logs: ServingLogs
    private let metrics: ServingMetrics
    private let logger: Logger

    /// Makes a synchroniser.
    public init(
        logs: ServingLogs, metrics: ServingMetrics, logger: Logger
    ) {
        self.logs = logs
        self.metrics = metrics
        self.logger = logger
    }

    /// Synchronises until the server shuts down, and once more then.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                await synchronise()
            }
        }
    }

    private func synchronise() async {
        let logs = logs
        for failure in await BlockingWork.run({ logs.synchronise() }) {
            metrics.countFlushFailure()
            logger.error("a log cannot be brought to the disk", metadata: ["error": "\(failure)"])
        }
    }
}
