public import Logging
public import ServiceLifecycle
import SlipwayData
public import SlipwayModel
import SlipwayMonitoring
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
    private let limits: ServingLimits
    private let interval: Duration
    private let explaining: ServedExplainer.Maker?
    private let onLoaded: @Sendable () -> Void

    /// Makes a watcher of one environment.
    ///
    /// - Parameters:
    ///   - limits: How much may wait for a version.
    ///   - explaining: Makes the explainer of a package and its loaded model; without it nothing is explained.
    ///   - interval: How often the registry is looked at.
    ///   - onLoaded: Called, off the threads that answer requests, after versions were loaded and others let go.
    public init(
        registry: Registry, environment: String, bindings: [String: ModelBinding], models: ServedModels,
        metrics: ServingMetrics, logger: Logger, limits: ServingLimits = ServingLimits(),
        explaining: (@Sendable (Package, Model) throws -> any Explainer)? = nil, interval: Duration = Self.interval,
        onLoaded: @escaping @Sendable () -> Void = {}
    ) {
        self.registry = registry
        self.environment = environment
        self.bindings = bindings
        self.models = models
        self.metrics = metrics
        self.logger = logger
        self.limits = limits
        self.explaining = explaining
        self.interval = interval
        self.onLoaded = onLoaded
    }

    /// Loads all deployments before the server opens its port.
    ///
    /// - Throws: The first deployment's failure; a server that cannot serve its champions does not start.
    public func loadAll() throws {
        for deployment in try registry.store.deployments(in: environment) { _ = try load(deployment) }
        models.isReady = true
        onLoaded()
    }

    /// Follows the registry until the server shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = LoadFailures()
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
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
        var hasLoaded = false
        defer { if hasLoaded { onLoaded() } }
        for deployment in deployments {
            models.want(deployment.model, version: deployment.champion)
            guard models.entry(named: deployment.model)?.isUnloaded != true, isBehind(deployment),
                failures.mayTry(deployment)
            else {
                continue
            }
            hasLoaded = true
            do {
                if try load(deployment) {
                    failures.forget(deployment)
                } else {
                    failures.remember(deployment)
                }
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

    /// Whether what answers is not what the registry says.
    private func isBehind(_ deployment: Deployment) -> Bool {
        guard let served = models[deployment.model] else { return true }
        return served.revision != deployment.revision || served.challenger?.deployed != deployment.challenger
    }

    /// Swaps in what a deployment names; versions that are loaded already go on as they are.
    ///
    /// - Returns: Whether the challenger, if there is one, was loaded as well: the champion does not wait for it.
    private func load(_ deployment: Deployment) throws -> Bool {
        let current = models[deployment.model]
        var served = try version(deployment.champion, of: deployment, among: current)
        served.revision = deployment.revision
        served.role = .champion
        served.history = history(of: deployment)
        served.challenger = nil
        var isComplete = true
        if let wanted = deployment.challenger {
            do {
                served.challenger = try challenger(wanted, of: deployment, beside: served, among: current)
            } catch {
                isComplete = false
                metrics.countLoadFailure(model: deployment.model)
                logger.error(
                    "a challenger does not load; the champion goes on alone",
                    metadata: ["version": "\(deployment.model)@\(wanted.version)", "error": "\(error)"])
            }
        }
        models.swap(in: served)
        var metadata: Logger.Metadata = [
            "version": "\(served.reference)", "engine": "\(served.model.predictor.engineName)",
        ]
        if let challenger = served.challenger {
            metadata["challenger"] = "\(challenger.model.reference), \(challenger.deployed.summary)"
        }
        logger.info("answering", metadata: metadata)
        return isComplete
    }

    /// The trial that goes on already, or a new one.
    private func challenger(
        _ wanted: Challenger, of deployment: Deployment, beside champion: ServedModel, among current: ServedModel?
    ) throws -> ServedChallenger {
        if let running = current?.challenger, running.deployed == wanted { return running }
        let model = try version(wanted.version, of: deployment, among: current)
        return ServedChallenger(
            wanted, model: try model.called(like: champion, limits: limits), beside: champion.number,
            calls: metrics.calls)
    }

    /// A version of a model, which is loaded unless it is loaded already under its own signature.
    private func version(_ number: Int, of deployment: Deployment, among current: ServedModel?) throws -> ServedModel {
        if let loaded = [current, current?.challenger?.model].compactMap(\.self).first(where: {
            $0.number == number && $0.translation == nil
        }) {
            return loaded
        }
        let reference = ModelReference(model: deployment.model, selector: .number(number))
        let version = try registry.resolve(reference, in: environment)
        return try ServedModel(
            package: try registry.package(of: version), version: version, revision: deployment.revision,
            engines: registry.engines, binding: bindings[deployment.model] ?? ModelBinding(), limits: limits,
            explaining: explaining, gate: registry.gate(of: deployment.model), now: registry.time())
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
