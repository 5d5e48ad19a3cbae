import Logging
import ServiceLifecycle
import SlipwayEngines
import SlipwayMonitoring
import SlipwayServing

/// What a server answers with: the service over its models, and what keeps models and logs in order.
struct ServerModels {
    let service: PredictionService
    /// What follows the registry, guards canaries, and looks after the logs.
    let services: [any Service]

    /// Loads every champion of the environment.
    ///
    /// - Throws: What the first champion that does not load says.
    init(
        _ platform: Platform, environment: String, limits: ServingLimits, metrics: ServingMetrics, logger: Logger
    ) throws {
        let log = try platform.project.log(of: environment)
        let logs = ServingLogs(
            folder: platform.logFolder, environment: environment, limits: log.segmentLimits, retention: log.retention,
            compactionAge: log.compaction.age, parquet: Parts.parquet)
        let models = ServedModels()
        let features = try platform.featureStore(of: environment)
        let runs = try platform.runs(of: environment)
        service = PredictionService(
            models: models, metrics: metrics, features: features, logs: logs,
            limits: limits, cache: platform.project.serving.cache.map { PredictionCache(limits: $0) },
            parquet: platform.project.serving.takesParquet ? Parts.parquet : nil)
        let watcher = DeploymentWatcher(
            registry: platform.registry, environment: environment, bindings: try platform.bindings(), models: models,
            metrics: metrics, logger: logger, limits: limits, explaining: Engines.explainer,
            onLoaded: ProcessHeap.giveBack)
        try watcher.loadAll()
        Self.probe(logs, of: models, logger: logger)
        services = [
            LogSynchronizer(logs: logs, metrics: metrics, logger: logger), LogPruner(logs: logs, logger: logger),
            LogCompactor(logs: logs, metrics: metrics, logger: logger), watcher,
            FeatureRefresher(
                platform, runs: runs, store: features, freshness: FeatureFreshness(metrics: metrics), logger: logger),
            RunWatcher(runs, figures: RunFigures(metrics: metrics), logger: logger),
            CanaryGuard(registry: platform.registry, environment: environment, models: models, logger: logger),
        ]
    }

    /// Says at once what would keep every call from being answered.
    private static func probe(_ logs: ServingLogs, of models: ServedModels, logger: Logger) {
        for model in models.all {
            do throws(LogError) {
                try logs.probe(model.name)
            } catch {
                logger.error(
                    "the log cannot be written; nothing is answered until it can",
                    metadata: ["model": "\(model.name)", "error": "\(error)"])
            }
        }
    }
}
