public import SlipwayData

/// A type that keeps models, versions, deployments, and the audit log.
///
/// ## Contract for implementers
/// - Every method is one transaction: after a crash it happened as a whole or not at all.
/// - Several processes may use one store; version numbers stay dense, and no change is lost.
/// - ``apply(_:)`` refuses with `conflict` when the deployment's revision is not the expected one.
/// - `RegistryStoreConformance` in the test kit holds all of it.
public protocol RegistryStore: Sendable {
    /// Registers a package as the next version, or returns the version that has this digest already.
    ///
    /// - Returns: The version, and whether it is new. The audit entry is kept only for a new one, with its number.
    func register(
        model: String, digest: SHA256Digest, audit: AuditEntry
    ) throws(RegistryError) -> (version: ModelVersion, isNew: Bool)

    /// The names of all models, sorted.
    func models() throws(RegistryError) -> [String]

    /// The versions of a model, oldest first.
    func versions(of model: String) throws(RegistryError) -> [ModelVersion]

    /// The deployment of a model in an environment, or `nil`.
    func deployment(of model: String, in environment: String) throws(RegistryError) -> Deployment?

    /// All deployments of an environment, sorted by model.
    func deployments(in environment: String) throws(RegistryError) -> [Deployment]

    /// Changes a champion, takes any challenger away, and writes the audit entries with it.
    ///
    /// - Throws: ``RegistryError``: `conflict` for a stale revision, `notFound` for a version that is not registered.
    func apply(_ change: DeploymentChange) throws(RegistryError) -> Deployment

    /// Sets, replaces, or takes away a challenger, and writes the audit entry with it.
    ///
    /// - Throws: ``RegistryError``: `conflict` for a stale revision, `notFound` for a version that is not registered or a
    ///   model that has no champion there.
    func apply(_ change: ChallengerChange) throws(RegistryError) -> Deployment

    /// The champions that a model had in an environment, from every change that was applied.
    func championHistory(of model: String, in environment: String) throws(RegistryError) -> ChampionHistory

    /// Writes an audit entry of its own.
    func record(_ entry: AuditEntry) throws(RegistryError)

    /// The latest audit entries, newest first, in the order in which they were written.
    func audit(model: String?, limit: Int) throws(RegistryError) -> [AuditEntry]
}
