import Foundation
import Logging
import ServiceLifecycle
import SlipwayData
import SlipwayFeatures
import SlipwayPipelines
import SlipwayServing

/// Keeps an eye on the feature views of an environment, and refreshes those that have a schedule.
///
/// It is a worker that does nothing but refreshes, and leaves them to others for a while: where `slipway work` runs for
/// the environment, servers only look.
struct FeatureRefresher: Service {
    /// How often the views are looked at.
    static let interval = Duration.seconds(2)
    /// How long a refresh is left to workers before a server does it.
    static let patience = Duration.seconds(3)

    private let views: [FeatureConfiguration]
    private let store: any FeatureStore
    private let freshness: FeatureFreshness
    private let worker: RunWorker

    /// Makes a refresher of all views of a project.
    init(
        _ platform: Platform, runs: Platform.Runs, store: any FeatureStore, freshness: FeatureFreshness, logger: Logger
    ) {
        views = platform.project.features.values.sorted { $0.name < $1.name }
        self.store = store
        self.freshness = freshness
        var options = RunWorker.Options()
        options.interval = Self.interval
        options.patience = Self.patience
        worker = RunWorker(
            store: runs.ofServingStore,
            jobs: platform.refreshJobs(in: runs.environment, features: store).filter { $0.lastDue != nil },
            right: runs.schedulerRight, holder: Platform.holder(), options: options
        ) { event in
            logger.note(event)
            switch event {
            case .did(let run, _): freshness.countRefresh(of: run.job.name, isDone: true)
            case .failed(let run, _): freshness.countRefresh(of: run.job.name, isDone: false)
            default: break
            }
        }
    }

    /// Looks at each view again and again, until the server shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await worker.run() }
                group.addTask {
                    while !Task.isCancelled {
                        for view in views { await note(view) }
                        try? await Task.sleep(for: Self.interval)
                    }
                }
            }
        }
    }

    /// Looks which copy is live, and shows its age.
    private func note(_ view: FeatureConfiguration) async {
        let store = store
        let live = await BlockingWork.run { Result { () throws(FeatureError) in try store.live(view.name) } }
        if case .success(let live) = live {
            freshness.note(
                view.name, live: live, ageMax: view.ageMax, dueAt: view.refresh?.lastOccurrence(at: .now()))
        }
    }
}
