import SlipwayData
import SlipwayRegistry
import SlipwayTesting
import Synchronization
import Testing

/// The suite of claims against stores that are known to be wrong.
struct RegistryStoreConformanceTests {
    @Test func everyClaimSeesAFaultAndEveryFaultIsSeen() async {
        #expect(
            await ConformanceClaim.blindSpots(of: RegistryStoreConformance.claims, by: FaultyRegistryStore.init) == [])
    }
}

/// The store in memory with one thing wrong.
final class FaultyRegistryStore: RegistryStore {
    /// What is wrong, in words of the claim that it breaks.
    enum Fault: String, CaseIterable {
        case knowsAGhost = "an empty store"
        case forgetsWhoMadeAVersion = "come back as they were written"
        case auditsAKnownPackage = "the same digest"
        case countsOnPastKnownPackages = "numbers stay dense"
        case leavesTheRevision = "counts the revision"
        case mixesEnvironments = "by environment"
        case trustsLateDecisions = "a stale revision"
        case letsEverybodyWin = "of many changes at once"
        case mistakesTheReason = "a version that is not registered"
        case promotesOnRollback = "rollbacks go back"
        case tellsTheOldestFirst = "newest first"
        case forgetsTheKey = "comes back as it was set"
        case keepsTheTrial = "ends the trial"
        case auditsRefusals = "leaves no trace"
    }

    private let base = InMemoryRegistryStore()
    private let fault: Fault
    private let challenger = Mutex<Challenger?>(nil)
    /// Whether no rollback came yet: were all of them promotions, going back would never end.
    private let isFirst = Atomic(true)

    init(_ fault: Fault) { self.fault = fault }

    func register(
        model: String, digest: SHA256Digest, audit: AuditEntry
    ) throws(RegistryError) -> (version: ModelVersion, isNew: Bool) {
        var (version, isNew) = try base.register(model: model, digest: digest, audit: audit)
        if fault == .auditsAKnownPackage, !isNew { try base.record(audit) }
        if fault == .countsOnPastKnownPackages, !isNew { version.number += 1 }
        return (version, isNew)
    }

    func models() throws(RegistryError) -> [String] {
        let models = try base.models()
        return fault == .knowsAGhost && models.isEmpty ? ["ghost"] : models
    }

    func versions(of model: String) throws(RegistryError) -> [ModelVersion] {
        try base.versions(of: model).map { version in
            var version = version
            if fault == .forgetsWhoMadeAVersion { version.createdBy = "" }
            return version
        }
    }

    func deployment(of model: String, in environment: String) throws(RegistryError) -> Deployment? {
        var deployment = try base.deployment(of: model, in: environment)
        if fault == .keepsTheTrial, let kept = challenger.withLock({ $0 }) { deployment?.challenger = kept }
        return deployment
    }

    func deployments(in environment: String) throws(RegistryError) -> [Deployment] {
        guard fault == .mixesEnvironments else { return try base.deployments(in: environment) }
        return try base.deployments(in: "production") + base.deployments(in: "test")
    }

    func apply(_ change: DeploymentChange) throws(RegistryError) -> Deployment {
        var change = change
        let current = try base.deployment(of: change.model, in: change.environment)?.revision ?? 0
        if fault == .trustsLateDecisions || fault == .letsEverybodyWin { change.expectedRevision = current }
        if fault == .promotesOnRollback, change.kind == .rollback, isFirst.exchange(false, ordering: .relaxed) {
            change.kind = .promote
        }
        var deployment = try refusing(change.audit) { () throws(RegistryError) in try base.apply(change) }
        if fault == .leavesTheRevision { deployment.revision = current }
        return deployment
    }

    func apply(_ change: ChallengerChange) throws(RegistryError) -> Deployment {
        var change = change
        if fault == .forgetsTheKey { change.challenger?.key = nil }
        let deployment = try refusing(change.audit) { () throws(RegistryError) in try base.apply(change) }
        challenger.withLock { $0 = change.challenger }
        return deployment
    }

    private func refusing(
        _ audit: AuditEntry, _ apply: () throws(RegistryError) -> Deployment
    ) throws(RegistryError) -> Deployment {
        do {
            return try apply()
        } catch {
            if fault == .auditsRefusals { try base.record(audit) }
            if fault == .mistakesTheReason { throw RegistryError(.storeFailed, error.message) }
            throw error
        }
    }

    func championHistory(of model: String, in environment: String) throws(RegistryError) -> ChampionHistory {
        try base.championHistory(of: model, in: environment)
    }

    func record(_ entry: AuditEntry) throws(RegistryError) { try base.record(entry) }

    func audit(model: String?, limit: Int) throws(RegistryError) -> [AuditEntry] {
        let entries = try base.audit(model: model, limit: limit)
        return fault == .tellsTheOldestFirst ? entries.reversed() : entries
    }
}
