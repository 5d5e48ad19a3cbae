import SlipwayData
import SlipwayModel

extension Registry {
    /// How a challenger is to be tried.
    public struct Trial: Sendable {
        /// How the version is tried.
        public var mode: Challenger.Mode
        /// The share of calls, or of entities, that it gets.
        public var share: Double
        /// The field whose value decides who answers.
        public var key: String?
        /// What ends the trial by itself.
        public var guardrail: Guardrail

        /// Plans a trial.
        public init(
            _ mode: Challenger.Mode, share: Double = 1, key: String? = nil, guardrail: Guardrail = Guardrail()
        ) {
            self.mode = mode
            self.share = share
            self.key = key
            self.guardrail = guardrail
        }
    }

    /// Sets a version beside the champion of an environment, in the place of any other challenger.
    ///
    /// A version that fails its package's checks, or whose rows and answers have another form than the champion's, is
    /// refused, and the audit log keeps why. The gate is not asked before a promotion.
    ///
    /// - Throws: ``RegistryError`` of kind `incompatible`, `gateRefused` for failed checks, `notFound` without a champion,
    ///   `conflict` when the deployment changed meanwhile.
    public func deploy(
        _ version: ModelVersion, as trial: Trial, in environment: String, by actor: String, reason: String? = nil
    ) throws -> Deployment {
        guard let deployment = try store.deployment(of: version.model, in: environment) else {
            throw RegistryError(
                .notFound, "\(version.model) has no champion in \(environment) to stand beside",
                hint: "Promote one first: slipway model promote \(version.reference) --to \(environment)")
        }
        guard trial.share > 0, trial.share <= 1 else {
            throw RegistryError(.incompatible, "a share of \(trial.share) is not above 0 and at most 1")
        }
        do {
            try check(version, beside: deployment)
        } catch {
            try store.record(entry(.refuse, version, environment, actor, error.message))
            throw error
        }
        let now = now()
        let challenger = Challenger(
            version: version.number, mode: trial.mode, share: trial.share, key: trial.key, guardrail: trial.guardrail,
            since: now)
        let why = ([challenger.summary] + [reason].compactMap { $0 }).joined(separator: "; ")
        return try store.apply(
            ChallengerChange(
                environment: environment, model: version.model, challenger: challenger,
                expectedRevision: deployment.revision, audit: entry(.deploy, version, environment, actor, why)))
    }

    /// Takes the challenger of a model away.
    ///
    /// - Throws: ``RegistryError`` of kind `notFound` when there is none, `conflict` when it changed meanwhile.
    public func withdraw(
        _ model: String, in environment: String, by actor: String, reason: String? = nil
    ) throws -> (challenger: Challenger, deployment: Deployment) {
        if try store.versions(of: model).isEmpty { throw try unknown(model) }
        guard let deployment = try store.deployment(of: model, in: environment), let challenger = deployment.challenger
        else { throw RegistryError(.notFound, "\(model) has no challenger in \(environment)") }
        return (challenger, try end(challenger, of: deployment, .withdraw, by: actor, because: reason))
    }

    /// Takes a canary away that broke its guard.
    ///
    /// - Parameter deployment: The deployment that the verdict is about; one that was changed since is left alone.
    /// - Throws: ``RegistryError`` of kind `conflict` when somebody changed it meanwhile.
    public func rollBackChallenger(
        of deployment: Deployment, by actor: String, because reason: String
    ) throws(RegistryError) {
        guard let challenger = deployment.challenger else { return }
        _ = try end(challenger, of: deployment, .rollBackChallenger, by: actor, because: reason)
    }

    private func end(
        _ challenger: Challenger, of deployment: Deployment, _ action: AuditEntry.Action, by actor: String,
        because reason: String?
    ) throws(RegistryError) -> Deployment {
        try store.apply(
            ChallengerChange(
                environment: deployment.environment, model: deployment.model, challenger: nil,
                expectedRevision: deployment.revision,
                audit: AuditEntry(
                    time: now(), actor: actor, action: action, model: deployment.model, version: challenger.version,
                    environment: deployment.environment, reason: reason)))
    }

    private func check(_ version: ModelVersion, beside deployment: Deployment) throws(RegistryError) {
        guard version.number != deployment.champion else {
            throw RegistryError(
                .incompatible, "\(version.reference) is the champion in \(deployment.environment) already",
                hint: "A challenger is another version: slipway model list \(version.model) shows them.")
        }
        let champion = ModelReference(model: version.model, selector: .number(deployment.champion))
        do {
            let candidate = try package(of: version)
            let fit = ChallengerFit(
                of: candidate.signature,
                beside: try package(of: resolve(champion, in: deployment.environment)).signature)
            guard fit.problems.isEmpty else {
                throw RegistryError(
                    .incompatible,
                    "\(version.reference) cannot stand beside \(champion): \(fit.problems.joined(separator: "; "))",
                    hint: "A version that is called in another way can only be promoted.")
            }
            let failed = PackageChecks(engines: engines).run(on: candidate).filter(\.isFailed)
            guard failed.isEmpty else {
                throw RegistryError(
                    .gateRefused,
                    "\(version.reference) fails its checks: "
                        + failed.map { "\($0.name): \($0.reason)" }.joined(separator: "; "))
            }
        } catch let error as RegistryError {
            throw error
        } catch {
            throw RegistryError(.incompatible, "\(version.reference) cannot be judged: \(error)")
        }
    }
}
