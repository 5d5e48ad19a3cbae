public import SlipwayData
public import SlipwayRegistry
import Synchronization

/// A registry store without a disk, for tests of what stands on the seam.
public final class InMemoryRegistryStore: RegistryStore {
    private struct Place: Hashable {
        var model: String
        var environment: String
    }

    private struct State {
        var versions: [String: [ModelVersion]] = [:]
        var deployments: [Place: Deployment] = [:]
        var histories: [Place: ChampionHistory] = [:]
        var audit: [AuditEntry] = []
    }

    private let state = Mutex(State())

    /// Makes an empty store.
    public init() {}

    /// Registers a package as the next version, or returns the version that has this digest already.
    public func register(
        model: String, digest: SHA256Digest, audit: AuditEntry
    ) throws(RegistryError) -> (version: ModelVersion, isNew: Bool) {
        state.withLock { state in
            let known = state.versions[model] ?? []
            if let version = known.first(where: { $0.digest == digest }) { return (version, false) }
            let version = ModelVersion(
                model: model, number: known.count + 1, digest: digest, createdAt: audit.time, createdBy: audit.actor)
            state.versions[model] = known + [version]
            var numbered = audit
            numbered.version = version.number
            state.audit.append(numbered)
            return (version, true)
        }
    }

    /// The names of all models, sorted.
    public func models() throws(RegistryError) -> [String] { state.withLock { $0.versions.keys.sorted() } }

    /// The versions of a model, oldest first.
    public func versions(of model: String) throws(RegistryError) -> [ModelVersion] {
        state.withLock { $0.versions[model] ?? [] }
    }

    /// The deployment of a model in an environment, or `nil`.
    public func deployment(of model: String, in environment: String) throws(RegistryError) -> Deployment? {
        state.withLock { $0.deployments[Place(model: model, environment: environment)] }
    }

    /// All deployments of an environment, sorted by model.
    public func deployments(in environment: String) throws(RegistryError) -> [Deployment] {
        state.withLock { state in
            state.deployments.values.filter { $0.environment == environment }.sorted { $0.model < $1.model }
        }
    }

    /// Changes a champion, takes any challenger away, and writes the audit entries with it.
    public func apply(_ change: DeploymentChange) throws(RegistryError) -> Deployment {
        try state.withLock { state throws(RegistryError) in
            let place = Place(model: change.model, environment: change.environment)
            guard (state.deployments[place]?.revision ?? 0) == change.expectedRevision else {
                throw RegistryError(
                    .conflict, "somebody else changed \(change.model) in \(change.environment) at the same time")
            }
            guard state.versions[change.model]?.contains(where: { $0.number == change.version }) == true else {
                throw RegistryError(.notFound, "there is no version \(change.version) of \(change.model)")
            }
            let deployment = Deployment(
                environment: change.environment, model: change.model, champion: change.version,
                revision: change.expectedRevision + 1, updatedAt: change.audit.time)
            state.deployments[place] = deployment
            state.histories[place, default: ChampionHistory()].add(change.kind, version: change.version)
            state.audit.append(change.audit)
            if let entry = change.challengerAudit { state.audit.append(entry) }
            return deployment
        }
    }

    /// Sets, replaces, or takes away a challenger, and writes the audit entry with it.
    public func apply(_ change: ChallengerChange) throws(RegistryError) -> Deployment {
        try state.withLock { state throws(RegistryError) in
            let place = Place(model: change.model, environment: change.environment)
            guard (state.deployments[place]?.revision ?? 0) == change.expectedRevision else {
                throw RegistryError(
                    .conflict, "somebody else changed \(change.model) in \(change.environment) at the same time")
            }
            guard var deployment = state.deployments[place] else {
                throw RegistryError(.notFound, "\(change.model) has no champion in \(change.environment)")
            }
            let known = state.versions[change.model] ?? []
            if let number = change.challenger?.version, !known.contains(where: { $0.number == number }) {
                throw RegistryError(.notFound, "there is no version \(number) of \(change.model)")
            }
            deployment.challenger = change.challenger
            deployment.revision += 1
            deployment.updatedAt = change.audit.time
            state.deployments[place] = deployment
            state.audit.append(change.audit)
            return deployment
        }
    }

    /// The champions that a model had in an environment, from every change that was applied.
    public func championHistory(
        of model: String, in environment: String
    ) throws(RegistryError) -> ChampionHistory {
        state.withLock { $0.histories[Place(model: model, environment: environment)] ?? ChampionHistory() }
    }

    /// Writes an audit entry of its own.
    public func record(_ entry: AuditEntry) throws(RegistryError) { state.withLock { $0.audit.append(entry) } }

    /// The latest audit entries, newest first, in the order in which they were written.
    public func audit(model: String?, limit: Int) throws(RegistryError) -> [AuditEntry] {
        state.withLock { state in
            let chosen = state.audit.reversed().filter { model == nil || $0.model == model }
            return Array(chosen.prefix(max(0, limit)))
        }
    }
}
