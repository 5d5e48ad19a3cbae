import SlipwayData
import SlipwayMonitoring

/// The prediction and feedback logs of one model; each writer owns a segment file of its own.
final class ModelLogs: Sendable {
    private let predictions: PredictionLogWriter
    private let feedback: FeedbackLogWriter
    private let commit: GroupCommit

    /// Opens the logs, and creates their folder.
    init(folder: SegmentFolder, limits: SegmentLimits) throws(LogError) {
        let predictions = try PredictionLogWriter(folder: folder, limits: limits)
        self.predictions = predictions
        feedback = try FeedbackLogWriter(folder: folder, limits: limits)
        commit = GroupCommit { (lines) throws(LogError) in try predictions.append(lines) }
    }

    /// The bytes of answered rows that wait to be written.
    var waitingByteCount: Int { commit.waitingByteCount }

    /// Logs answered rows, alone or with those that are answered at the same time.
    func append(_ lines: SegmentLines) async throws(LogError) { try await commit.append(lines) }

    /// Keeps true outcomes.
    func append(_ records: [FeedbackRecord]) throws(LogError) { try feedback.append(records) }

    /// Writes what the operating system still holds back to the disk; blocks its thread while it does.
    ///
    /// - Returns: What went wrong, log by log.
    func synchronise() -> [LogError] {
        failures(of: { () throws(LogError) in try predictions.sync() })
            + failures(of: { () throws(LogError) in try feedback.sync() })
    }

    /// Closes segments whose time is over.
    func retire(at now: Timestamp) -> [LogError] {
        failures(of: { () throws(LogError) in try predictions.retire(at: now) })
            + failures(of: { () throws(LogError) in try feedback.retire(at: now) })
    }

    private func failures(of work: () throws(LogError) -> Void) -> [LogError] {
        do throws(LogError) {
            try work()
            return []
        } catch {
            return [error]
        }
    }
}
