import Foundation
import SlipwayPipelines
import SlipwayStore

extension Platform {
    /// The runs of an environment: each lies in the store that its effect is kept in or decided by.
    ///
    /// Whoever shares a serving store shares its refreshes, and whoever shares a registry the retrainings and batches.
    struct Runs: Sendable {
        /// The environment.
        let environment: String
        /// Retrainings and batches.
        let ofRegistry: any RunStore
        /// Refreshes of feature views.
        let ofServingStore: any RunStore

        /// The store for a kind of job.
        func store(for kind: Job.Kind) -> any RunStore {
            switch kind {
            case .refresh: ofServingStore
            case .retrain, .score: ofRegistry
            }
        }

        /// All stores.
        var stores: [any RunStore] { [ofServingStore, ofRegistry] }

        /// The latest runs, by due time, the latest first.
        func all(limit: Int) throws -> [Run] {
            let runs = try stores.flatMap { try $0.runs(limit: Self.readCountMax) }
                .filter { $0.job.environment == environment }
            return Array(runs.sorted { ($1.dueAt, $0.id) < ($0.dueAt, $1.id) }.prefix(limit))
        }

        /// What has become of a run, in a word: that of its state, or `lost` where the lease of a run has passed.
        func word(for run: Run) throws -> String {
            guard run.state == .running, !run.isHeld(at: try store(for: run.job.kind).now()) else {
                return run.state.rawValue
            }
            return "lost"
        }

        /// The run whose id begins so.
        ///
        /// - Throws: ``PipelineError``: `notFound`, or `conflict` where several do.
        func run(beginning start: String) throws -> Run {
            let found = try all(limit: Self.readCountMax).filter { !start.isEmpty && $0.id.hasPrefix(start) }
            guard let run = found.first else {
                throw PipelineError(
                    .notFound, "there is no run '\(start)' in \(environment)", hint: "slipway run list shows the runs.")
            }
            guard found.count == 1 else {
                throw PipelineError(
                    .conflict, "'\(start)' begins the ids of \(found.count) runs", hint: "Write more of it.")
            }
            return run
        }

        /// The runs that are read of one store.
        static let readCountMax = 10_000

        /// The right to make runs of schedules, which one worker at a time has.
        var schedulerRight: String { "scheduler of \(environment)" }
    }

    /// Opens the runs of an environment.
    func runs(of environment: String) throws -> Runs {
        Runs(
            environment: environment, ofRegistry: try SQLRunStore(database),
            ofServingStore: try SQLRunStore(try self.database(of: environment)))
    }

    /// A name for a worker in this process that no other has.
    static func holder() -> String {
        let process = ProcessInfo.processInfo
        return "\(process.hostName):\(process.processIdentifier):\(UUID().uuidString.prefix(8).lowercased())"
    }
}
