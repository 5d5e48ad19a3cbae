public import Logging
public import ServiceLifecycle
import SlipwayData
public import SlipwayModel
public import SlipwayRegistry

/// Keeps the served models true to the registry's deployments.
///
/// It looks five times a second, so that a promotion or a rollback by any process answers within a second. A version
/// is loaded and warmed beside the old one and swapped in when it is ready; one that does not load leaves the old one
/// answering, and is tried again with growing pauses.
public struct DeploymentWatcher: Service {
    /// How often the registry is looked at.
    public static let interval = Duration.milliseconds(200)
    /// The longest pause after a version failed to load.
    static let retryMax = Duration.seconds(30)

    private let registry: Registry
    private let environment: String
    private let bindings: [String: ModelBinding]
    private let models: ServedModels
    private let metrics: ServingMetrics
    private let logger: Logger
    private let explaining: ServedExplainer.Maker?

    /// Makes a watcher of one environment.
    ///
    /// - Parameter explaining: Makes the explainer of a package and its loaded model; without it nothing is explained.
    public init(
        registry: Registry, environment: String, bindings: [String: ModelBinding], models: ServedModels,
        metrics: ServingMetrics, logger: Logger,
        explaining: (@Sendable (Package, Model) throws -> any Explainer)? = nil
    ) {
        self.registry = registry
        self.environment = environment
        self.bindings = bindings
        self.models = models
        self.metrics = metrics
        self.logger = logger
        self.explaining = explaining
    }

    /// Loads all deployments before the server opens its port.
    ///
    /// - Throws: The first deployment's failure; a server that cannot serve its champions does not start.
    public func loadAll() throws {
        for deployment in try registry.store.deployments(in: environment) { try load(deployment) }
        models.isReady = true
    }

    /// Follows the registry until the server shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = LoadFailures()
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                // Reading the store and loading a model block, so they keep off the threads that answer requests.
                let before = failures
                failures = await BlockingWork.run { follow(before) }
            }
        }
    }

    private func follow(_ failures: LoadFailures) -> LoadFailures {
        var failures = failures
        let deployments: [Deployment]
        do {
            deployments = try registry.store.deployments(in: environment)
            failures.isRegistryReadable = true
        } catch {
            // A locked or unreachable store must not stop the models that answer already.
            metrics.countRegistryFailure()
            if failures.isRegistryReadable {
                logger.warning(
                    "the registry cannot be read; the models go on answering", metadata: ["error": "\(error)"])
            }
            failures.isRegistryReadable = false
            return failures
        }
        for deployment in deployments {
            models.want(deployment.model, version: deployment.champion)
            guard models.entry(named: deployment.model)?.isUnloaded != true,
                models[deployment.model]?.revision != deployment.revision, failures.mayTry(deployment)
            else {
                continue
            }
            do {
                try load(deployment)
                failures.forget(deployment)
            } catch {
                failures.remember(deployment)
                models.fail(deployment.model, because: "\(error)")
                metrics.countLoadFailure(model: deployment.model)
                logger.error(
                    "a version does not load; the one before goes on answering",
                    metadata: ["version": "\(deployment.model)@\(deployment.champion)", "error": "\(error)"])
            }
        }
        return failures
    }

    private func load(_ deployment: Deployment) throws {
        let reference = ModelReference(model: deployment.model, selector: .number(deployment.champion))
        let version = try registry.resolve(reference, in: environment)
        let served = try ServedModel(
            package: try registry.package(of: version), version: version, revision: deployment.revision,
            engines: registry.engines, binding: bindings[deployment.model] ?? ModelBinding(), explaining: explaining,
            gate: registry.gate(of: deployment.model), history: history(of: deployment), now: registry.time())
        models.swap(in: served)
        logger.info(
            "answering",
            metadata: ["version": "\(version.reference)", "engine": "\(served.model.predictor.engineName)"])
    }

    /// The latest changes of a deployment; none where the audit log cannot be read, for a model serves without.
    private func history(of deployment: Deployment) -> [AuditEntry] {
        let entries = try? registry.store.audit(model: deployment.model, limit: ModelDossier.historyCountMax * 4)
        let changes = (entries ?? []).filter { $0.environment == deployment.environment && $0.action != .refuse }
        return Array(changes.prefix(ModelDossier.historyCountMax))
    }
}

/// Remembers which deployment revisions failed to load, when each may be tried again, and what was said already.
private struct LoadFailures: Sendable {
    var isRegistryReadable = true
    private var entries: [String: (revision: Int, count: Int, next: ContinuousClock.Instant)] = [:]

    func mayTry(_ deployment: Deployment) -> Bool {
        guard let entry = entries[deployment.model], entry.revision == deployment.revision else { return true }
        return entry.next <= .now
    }

    mutating func remember(_ deployment: Deployment) {
        let known = entries[deployment.model].flatMap { $0.revision == deployment.revision ? $0 : nil }
        let count = (known?.count ?? 0) + 1
        let pause = min(DeploymentWatcher.retryMax, .seconds(1 << min(count - 1, 5)))
        entries[deployment.model] = (deployment.revision, count, .now.advanced(by: pause))
    }

    mutating func forget(_ deployment: Deployment) { entries[deployment.model] = nil }
}
