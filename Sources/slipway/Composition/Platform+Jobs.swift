import ArgumentParser
import Foundation
import SlipwayData
import SlipwayFeatures
import SlipwayPipelines
import SlipwayRegistry
import SlipwayServing

extension Platform {
    /// A refresh is tried until the next one takes its place, or for most of a night.
    static let refreshPolicy = RunPolicy(attemptCountMax: 100)
    /// A training costs, so one that fails is not tried often.
    static let retrainPolicy = RunPolicy(
        attemptCountMax: 3, firstPause: .seconds(5), longestPause: .seconds(3_600))
    /// How long a refresh may take.
    static let refreshTimeMax = Duration.seconds(6 * 3_600)
    /// How long a retraining may take beside the training itself: the snapshot, the checks, and the gate.
    static let retrainTimeMax = Duration.seconds(6 * 3_600)

    /// All jobs of an environment; those without a schedule only people start.
    func jobs(in environment: String, features: any FeatureStore) -> [PlannedJob] {
        refreshJobs(in: environment, features: features) + retrainJobs(in: environment) + batchJobs(in: environment)
    }

    /// The refreshes of the feature views.
    func refreshJobs(in environment: String, features: any FeatureStore) -> [PlannedJob] {
        project.features.values.map { view in
            var job = PlannedJob(
                Job(.refresh, view.name, in: environment), policy: Self.refreshPolicy, timeLimit: Self.refreshTimeMax,
                lastDue: Self.lastDue(of: view.refresh)
            ) { fence in try await refresh(view, in: features, fence) }
            job.makesUp = { due in
                guard let live = try? features.live(view.name) else { return true }
                // An older copy may be what somebody brought back, or the rows of a snapshot.
                let since = (try? features.liveSince(view.name)).flatMap(\.self)
                return live.replicatedAt < due && since.map { $0 < due } ?? true
            }
            return job
        }
    }

    /// The trainings, whose models are promoted where `slipway retrain` promotes them.
    private func retrainJobs(in environment: String) -> [PlannedJob] {
        guard environment == Self.defaultEnvironment else { return [] }
        return project.models.values.compactMap { model in
            guard let training = model.training else { return nil }
            return PlannedJob(
                Job(.retrain, model.name, in: environment), policy: Self.retrainPolicy,
                timeLimit: training.timeout + Self.retrainTimeMax, lastDue: Self.lastDue(of: training.schedule)
            ) { fence in try await retrain(model.name, in: environment, fence) }
        }
    }

    /// The batches.
    private func batchJobs(in environment: String) -> [PlannedJob] {
        project.batches.values.filter { $0.environment == environment }.map { batch in
            PlannedJob(
                Job(.score, batch.name, in: environment), policy: RunPolicy(attemptCountMax: batch.attemptCountMax),
                timeLimit: batch.timeLimit, lastDue: Self.lastDue(of: batch.schedule)
            ) { fence in try await score(batch, fence) }
        }
    }

    private static func lastDue(of schedule: CronSchedule?) -> (@Sendable (Timestamp) -> Timestamp?)? {
        guard let schedule else { return nil }
        return { schedule.lastOccurrence(at: $0) }
    }

    private func refresh(
        _ view: FeatureConfiguration, in features: any FeatureStore, _ fence: RunFence
    ) async throws -> String {
        // Whoever takes the run meanwhile stages a later copy, and the store then refuses to make this one live.
        try fence.check()
        switch try await refresh(view, in: features) {
        case .replicated(let outcome):
            return "\(CountText.text(outcome.rowCount)) rows, \(outcome.generation.digest.short)"
        case .kept(_, let error): throw error
        }
    }

    private func retrain(_ model: String, in environment: String, _ fence: RunFence) async throws -> String {
        let outcome = try await Retraining(platform: self, model: model).run(
            on: nil, in: environment, by: "run \(fence.run.id)", report: { _ in }, mayKeep: fence.check)
        let version = outcome.push.version.reference
        return outcome.promotion.deployment == nil
            ? "\(version) was refused; the champion of \(environment) is unchanged"
            : "\(version) is champion in \(environment)"
    }

    private func score(_ batch: BatchConfiguration, _ fence: RunFence) async throws -> String {
        let command = try ScoreCommand.parse(batch.arguments + ["--project", project.folder.path])
        let started = ContinuousClock.now
        let outcome = try await command.score { () throws(DataError) in
            do throws(PipelineError) {
                try fence.check()
            } catch {
                throw DataError(.unwritable, error.message, hint: error.hint)
            }
        }
        var words = [
            "\(CountText.text(outcome.rowCount)) rows scored by \(outcome.engineName) in "
                + HumanText.duration(ContinuousClock.now - started)
        ]
        if outcome.badRowCount > 0 { words.append("\(CountText.text(outcome.badRowCount)) rows were set aside") }
        return (words + [outcome.outside.summary].compactMap(\.self)).joined(separator: "; ")
    }
}
