import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayRegistry
import Synchronization

/// Compares challengers with their champions by the logs, once for all who ask at about the same time.
final class ComparisonDesk: Sendable {
    /// How long a comparison is given again.
    static let ageMax = Duration.seconds(10)
    /// How far back the logs are read.
    static let windowMax: Int64 = 86_400_000

    private struct Work {
        let challenger: ServedChallenger
        let begin: ContinuousClock.Instant
        let task: Task<ChallengerComparison, any Error>
    }

    private let logs: ServingLogs
    private let work = Mutex<[String: Work]>([:])

    init(logs: ServingLogs) { self.logs = logs }

    /// The comparison of a version with its challenger.
    ///
    /// - Throws: ``ServingError`` when the logs cannot be read.
    func comparison(of champion: ServedModel, with challenger: ServedChallenger) async throws(ServingError)
        -> ChallengerComparison
    {
        let task = work.withLock { work in
            if let known = work[champion.name], known.challenger === challenger, .now - known.begin < Self.ageMax {
                return known.task
            }
            let logs = logs
            let task = Task {
                try await BlockingWork.run { () throws(LogError) in
                    try Self.compared(champion, challenger, logs)
                }
            }
            work[champion.name] = Work(challenger: challenger, begin: .now, task: task)
            return task
        }
        do {
            return try await task.value
        } catch {
            throw ServingError(error)
        }
    }

    private static func compared(
        _ champion: ServedModel, _ challenger: ServedChallenger, _ logs: ServingLogs
    ) throws(LogError) -> ChallengerComparison {
        let (deployed, now) = (challenger.deployed, logs.time)
        let start = max(deployed.since, now.adding(milliseconds: -windowMax))
        return try ChallengerComparison(
            of: logs.segments(of: champion.name), task: champion.model.signature.task, champion: champion.number,
            challenger: deployed.version, role: challenger.model.role,
            window: TimeWindow(from: start, until: .latest), accuracyGuard: deployed.guardrail.accuracyGuard)
    }
}
