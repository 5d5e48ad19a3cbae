import SlipwayData
import SlipwayRegistry

/// A store in which somebody else makes a change just before each change of the caller.
struct MeddlingStore: RegistryStore {
    private let base: any RegistryStore
    private let meddle: @Sendable () throws -> Void

    init(_ base: any RegistryStore, meddle: @escaping @Sendable () throws -> Void) {
        self.base = base
        self.meddle = meddle
    }

    func apply(_ change: DeploymentChange) throws(RegistryError) -> Deployment {
        do {
            try meddle()
        } catch {
            throw RegistryError(.storeFailed, "\(error)")
        }
        return try base.apply(change)
    }

    func apply(_ change: ChallengerChange) throws(RegistryError) -> Deployment {
        do {
            try meddle()
        } catch {
            throw RegistryError(.storeFailed, "\(error)")
        }
        return try base.apply(change)
    }

    func register(
        model: String, digest: SHA256Digest, audit: AuditEntry
    ) throws(RegistryError) -> (version: ModelVersion, isNew: Bool) {
        try base.register(model: model, digest: digest, audit: audit)
    }

    func models() throws(RegistryError) -> [String] { try base.models() }

    func versions(of model: String) throws(RegistryError) -> [ModelVersion] { try base.versions(of: model) }

    func deployment(of model: String, in environment: String) throws(RegistryError) -> Deployment? {
        try base.deployment(of: model, in: environment)
    }

    func deployments(in environment: String) throws(RegistryError) -> [Deployment] {
        try base.deployments(in: environment)
    }

    func championHistory(of model: String, in environment: String) throws(RegistryError) -> ChampionHistory {
        try base.championHistory(of: model, in: environment)
    }

    func record(_ entry: AuditEntry) throws(RegistryError) { try base.record(entry) }

    func audit(model: String?, limit: Int) throws(RegistryError) -> [AuditEntry] {
        try base.audit(model: model, limit: limit)
    }
}
