import SlipwayData
import SlipwayModel

extension Registry {
    /// What came of a promotion.
    public struct Promotion: Sendable {
        /// What the gate says.
        public var report: GateReport
        /// The deployment after the promotion; `nil` when the gate refused it.
        public var deployment: Deployment?
        /// Whether the version was promoted against its gate.
        public var isForced: Bool
    }

    /// Judges a version by the checks of its package and the gate of its model, without promoting it.
    ///
    /// - Throws: ``ModelError`` when the package does not open; a package that was changed is never judged.
    public func judge(_ version: ModelVersion, in environment: String) throws -> GateReport {
        let candidate = try package(of: version)
        // One that was pushed before there was an archive.
        try archive?.keep(candidate)
        let champion = try store.deployment(of: version.model, in: environment)?.champion
        let rival = champion == version.number ? nil : champion
        let judge = GateJudge(
            candidate: candidate, champion: try self.champion(rival, of: version.model), engines: engines)
        return GateReport(
            version: version, champion: champion, checks: PackageChecks(engines: engines).run(on: candidate),
            conditions: judge.results(for: gates[version.model] ?? Gate()))
    }

    /// Promotes a version to champion of an environment if its gate holds.
    ///
    /// A refusal is a value, kept in the audit log with its reasons. With a reason for force, the version is promoted
    /// although conditions fail, and the audit log says so; a package that fails its checks is never promoted.
    ///
    /// - Parameter force: Why the gate is overruled; `nil` to obey it.
    /// - Throws: ``RegistryError`` of kind `conflict` when the deployment changed meanwhile, `reasonRequired` for a
    ///   blank reason; ``ModelError`` when the package does not open.
    public func promote(
        _ version: ModelVersion, to environment: String, by actor: String, reason: String? = nil,
        force: String? = nil
    ) throws -> Promotion {
        if let force, force.allSatisfy(\.isWhitespace) {
            throw RegistryError(.reasonRequired, "a forced promotion needs a reason", hint: "Say why with --reason.")
        }
        let deployment = try store.deployment(of: version.model, in: environment)
        let report = try judge(version, in: environment)
        let isForced = !report.holds && force != nil && !report.checks.contains(where: \.isFailed)
        guard report.holds || isForced else {
            let why = report.refusals.map { "\($0.name): \($0.reason)" }.joined(separator: "; ")
            try store.record(entry(.refuse, version, environment, actor, why))
            return Promotion(report: report, deployment: nil, isForced: false)
        }
        if let deployment, deployment.champion == version.number {
            return Promotion(report: report, deployment: deployment, isForced: false)
        }
        let change = DeploymentChange(
            environment: environment, model: version.model, kind: .promote, version: version.number,
            previous: deployment?.champion, expectedRevision: deployment?.revision ?? 0,
            audit: entry(isForced ? .force : .promote, version, environment, actor, force ?? reason),
            challengerAudit: ending(deployment, actor, for: version))
        return Promotion(report: report, deployment: try store.apply(change), isForced: isForced)
    }

    /// Brings back the champion that was there before the current one was promoted.
    ///
    /// Rolling back again goes one promotion further back. The package is opened first, so a version that is gone or
    /// changed is refused while the current champion goes on answering.
    ///
    /// - Throws: ``RegistryError`` of kind `notFound` when there is nothing to go back to.
    public func rollBack(
        _ model: String, in environment: String, by actor: String, reason: String? = nil
    ) throws -> Deployment {
        guard let deployment = try store.deployment(of: model, in: environment) else {
            if try store.versions(of: model).isEmpty { throw try unknown(model) }
            throw RegistryError(.notFound, "\(model) has no champion in \(environment)")
        }
        guard
            let previous = try store.championHistory(of: model, in: environment).previous,
            let version = try store.versions(of: model).first(where: { $0.number == previous })
        else {
            throw RegistryError(
                .notFound,
                "\(model)@\(deployment.champion) is the first champion in \(environment): "
                    + "there is nothing to roll back to")
        }
        _ = try package(of: version)
        return try store.apply(
            DeploymentChange(
                environment: environment, model: model, kind: .rollback, version: previous,
                previous: deployment.champion, expectedRevision: deployment.revision,
                audit: entry(.rollback, version, environment, actor, reason),
                challengerAudit: ending(deployment, actor, for: version)))
    }

    /// The champion's package as the gate sees it: a damaged one must not stand in the way of its successor.
    private func champion(_ number: Int?, of model: String) throws(RegistryError) -> GateJudge.Champion {
        guard let number else { return .none }
        guard let version = try store.versions(of: model).first(where: { $0.number == number }) else {
            return .unusable("\(model)@\(number) is not registered")
        }
        do throws(ModelError) {
            return .package(try package(of: version))
        } catch {
            return .unusable(error.message)
        }
    }

    /// What the audit log says of a challenger whose champion is replaced by a version; nothing of one that is it.
    private func ending(_ deployment: Deployment?, _ actor: String, for version: ModelVersion) -> AuditEntry? {
        guard let deployment, let challenger = deployment.challenger, challenger.version != version.number else {
            return nil
        }
        return AuditEntry(
            time: now(), actor: actor, action: .withdraw, model: version.model, version: challenger.version,
            environment: deployment.environment, reason: "\(version.reference) became champion")
    }

    func entry(
        _ action: AuditEntry.Action, _ version: ModelVersion, _ environment: String, _ actor: String, _ reason: String?
    ) -> AuditEntry {
        AuditEntry(
            time: now(), actor: actor, action: action, model: version.model, version: version.number,
            environment: environment, reason: reason)
    }
}
