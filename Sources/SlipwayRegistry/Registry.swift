public import SlipwayData
public import SlipwayModel

/// Models, their versions, and which version answers where.
///
/// Every door (command line, API, retraining) goes through this type, and so through the gates: a promotion that a
/// gate refuses is refused here.
public struct Registry: Sendable {
    /// Where versions, deployments, and the audit log are kept.
    public let store: any RegistryStore
    /// The folder that holds all packages.
    public let packagesFolder: String
    /// The engines at hand, in order of preference.
    public let engines: [any InferenceEngine]
    /// Where packages are kept beside the folder, for the machines that share the store; `nil` where none does.
    public let archive: (any PackageArchive)?
    let gates: [String: Gate]
    let now: @Sendable () -> Timestamp

    /// Makes a registry.
    ///
    /// - Parameters:
    ///   - store: Where versions, deployments, and the audit log are kept.
    ///   - packagesFolder: The folder that holds all packages.
    ///   - engines: The engines at hand, in order of preference.
    ///   - archive: Where packages are kept for the machines that share the store.
    ///   - gates: The gate of each model; a model without one asks only for its package's checks.
    ///   - now: The clock of audit entries.
    public init(
        store: any RegistryStore, packagesFolder: String, engines: [any InferenceEngine],
        archive: (any PackageArchive)? = nil, gates: [String: Gate] = [:],
        now: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        self.store = store
        self.packagesFolder = packagesFolder
        self.engines = engines
        self.archive = archive
        self.gates = gates
        self.now = now
    }

    /// Finds the version that a reference means.
    ///
    /// - Parameter environment: Where to look for the champion and the challenger.
    /// - Throws: ``RegistryError`` of kind `notFound` that says what there is instead.
    public func resolve(_ reference: ModelReference, in environment: String) throws(RegistryError) -> ModelVersion {
        let versions = try store.versions(of: reference.model)
        guard let latest = versions.last else { throw try unknown(reference.model) }
        switch reference.selector {
        case .latest: return latest
        case .number(let number):
            guard let version = versions.first(where: { $0.number == number }) else {
                throw RegistryError(
                    .notFound, "there is no version \(number) of \(reference.model)",
                    hint: "The latest one is \(latest.reference).")
            }
            return version
        case .champion:
            guard let deployment = try store.deployment(of: reference.model, in: environment),
                let version = versions.first(where: { $0.number == deployment.champion })
            else {
                throw RegistryError(
                    .notFound, "\(reference.model) has no champion in \(environment)",
                    hint: "Promote one: slipway model promote \(latest.reference) --to \(environment)")
            }
            return version
        case .challenger:
            guard let challenger = try store.deployment(of: reference.model, in: environment)?.challenger,
                let version = versions.first(where: { $0.number == challenger.version })
            else {
                throw RegistryError(
                    .notFound, "\(reference.model) has no challenger in \(environment)",
                    hint: "Name a version by its number, or \(reference.model)@latest.")
            }
            return version
        }
    }

    /// The gate that promotions of a model must pass; empty where the project sets none.
    public func gate(of model: String) -> Gate { gates[model] ?? Gate() }

    /// The time on the registry's clock.
    public func time() -> Timestamp { now() }

    func unknown(_ model: String) throws(RegistryError) -> RegistryError {
        let known = try store.models()
        let near = Spelling.nearest(to: model, among: known)
        let hint =
            near.map { "Did you mean '\($0)'?" }
            ?? (known.isEmpty
                ? "Push one: slipway model push model.onnx --name \(model)"
                : "There are \(known.joined(separator: ", ")).")
        return RegistryError(.notFound, "there is no model '\(model)'", hint: hint)
    }
}
