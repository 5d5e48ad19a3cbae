public import Logging
public import ServiceLifecycle
import SlipwayData
import SlipwayMonitoring
import Synchronization

/// Compacts the old days of the logs while the server runs and its clock can be believed.
public struct LogCompactor: Service {
    /// How often the logs are looked at.
    public static let interval = Duration.seconds(3_600)
    /// How long after the start they are looked at first, so that the start is not slowed.
    public static let pause = Duration.seconds(300)

    private let logs: ServingLogs
    private let metrics: ServingMetrics
    private let interval: Duration
    private let pause: Duration
    private let logger: Logger

    /// Makes a compactor.
    public init(
        logs: ServingLogs, metrics: ServingMetrics, logger: Logger, interval: Duration = Self.interval,
        pause: Duration = Self.pause
    ) {
        self.logs = logs
        self.metrics = metrics
        self.interval = interval
        self.pause = pause
        self.logger = logger
    }

    /// Looks at the logs again and again, until the server shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            let tally = Tally(metrics)
            var watch = ClockWatch()
            var isAbsenceSaid = false
            try? await Task.sleep(for: pause)
            while !Task.isCancelled {
                let now = logs.time
                if watch.isBelievable(now, at: .now), let absence = await compact(at: now, tally), !isAbsenceSaid {
                    logger.info("old days of the logs stay as they were written", metadata: ["reason": "\(absence)"])
                    isAbsenceSaid = true
                }
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// Compacts what is old enough, and says why nothing could be.
    private func compact(at now: Timestamp, _ tally: Tally) async -> String? {
        let logs = logs
        do throws(LogError) {
            let compaction = try await BlockingWork.run { () throws(LogError) in try logs.compact(at: now) }
            guard let compaction else { return nil }
            tally.add(compaction)
            if !compaction.isEmpty { logger.notice("\(compaction)") }
            return compaction.absence
        } catch {
            logger.error("the logs cannot be compacted", metadata: ["error": "\(error)"])
            return nil
        }
    }
}

/// What was compacted since the server began.
private final class Tally: Sendable {
    private let segmentCount = Atomic(0)
    private let recordCount = Atomic(0)

    init(_ metrics: ServingMetrics) {
        metrics.gauge("slipway_log_compacted_segments_total", "Segments of the logs that were compacted.") {
            Double(self.segmentCount.load(ordering: .relaxed))
        }
        metrics.gauge("slipway_log_compacted_records_total", "Records of the logs that were compacted.") {
            Double(self.recordCount.load(ordering: .relaxed))
        }
    }

    func add(_ compaction: LogCompaction) {
        segmentCount.add(compaction.segmentCount, ordering: .relaxed)
        recordCount.add(compaction.recordCount, ordering: .relaxed)
    }
}
