public import ServiceLifecycle

/// Brings the logs to the disk once a second, so that a power cut loses a second at most.
public struct LogSynchronizer: Service {
    /// How often the logs are synchronised.
    public static let interval = Duration.seconds(1)

    private let logs: ServingLogs

    /// Makes a synchroniser.
    public init(logs: ServingLogs) {
        self.logs = logs
    }

    /// Synchronises until the server shuts down, and once more then.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                logs.synchronise()
            }
        }
    }
}
