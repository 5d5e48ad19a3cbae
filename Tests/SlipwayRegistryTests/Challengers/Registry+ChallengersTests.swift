import SlipwayData
import SlipwayModel
import SlipwayRegistry
import SlipwayTesting
import Testing

struct RegistryChallengersTests {
    private let bench: Workbench
    private let registry: Registry

    init() throws {
        bench = try Workbench()
        registry = bench.registry()
    }

    @discardableResult
    private func push(_ fixture: Workbench.Fixture, source: String = "churn.onnx") throws -> ModelVersion {
        try registry.push(
            Workbench.submission(fixture, source: source, examples: Workbench.rows()), by: "ada"
        ).version
    }

    /// A champion and another version that fits beside it.
    private func twoVersions() throws -> (champion: ModelVersion, other: ModelVersion) {
        let champion = try push(.logistic)
        _ = try registry.promote(champion, to: "production", by: "ada")
        return (champion, try push(.logistic, source: "other.onnx"))
    }

    private func refusal(_ work: () throws -> Void) -> RegistryError? {
        do {
            try work()
            return nil
        } catch {
            return error as? RegistryError
        }
    }

    private func audit() throws -> [AuditEntry] { try bench.store.audit(model: "churn", limit: 20) }

    @Test func aVersionStandsBesideTheChampionAndIsFoundByReference() throws {
        let (_, other) = try twoVersions()
        let trial = Registry.Trial(.canary, share: 0.25, key: "age")
        let deployment = try registry.deploy(other, as: trial, in: "production", by: "ada", reason: "new features")
        #expect(deployment.champion == 1 && deployment.challenger?.version == 2)
        #expect(deployment.challenger?.since == RegistryStoreConformance.moment)
        let reference = try ModelReference(parsing: "churn@challenger")
        #expect(try registry.resolve(reference, in: "production") == other)
        let entry = try #require(try audit().first)
        #expect(entry.action == .deploy && entry.actor == "ada" && entry.environment == "production")
        #expect(entry.reason?.hasPrefix("canary for 25 % of age, guard errors") == true)
        #expect(entry.reason?.hasSuffix("; new features") == true)
    }

    @Test func withdrawingLeavesTheChampionAlone() throws {
        let (_, other) = try twoVersions()
        _ = try registry.deploy(other, as: .init(.shadow), in: "production", by: "ada")
        let (challenger, deployment) = try registry.withdraw("churn", in: "production", by: "bob", reason: "enough")
        #expect(challenger.version == 2 && deployment.challenger == nil && deployment.champion == 1)
        #expect(try audit()[0].action == .withdraw)
        #expect(refusal { _ = try registry.withdraw("churn", in: "production", by: "bob") }?.kind == .notFound)
        #expect(refusal { _ = try registry.withdraw("chrun", in: "production", by: "bob") }?.hint != nil)
    }

    @Test func promotingTheChallengerEndsItsTrialWithoutAWithdrawal() throws {
        let (_, other) = try twoVersions()
        _ = try registry.deploy(other, as: .init(.shadow), in: "production", by: "ada")
        let promotion = try registry.promote(other, to: "production", by: "ada")
        #expect(promotion.deployment?.champion == 2 && promotion.deployment?.challenger == nil)
        #expect(try audit().map(\.action).prefix(2) == [.promote, .deploy])
    }

    @Test func anotherChampionEndsTheTrialAndTheAuditLogSaysSo() throws {
        let (_, other) = try twoVersions()
        let third = try push(.logistic, source: "third.onnx")
        _ = try registry.deploy(other, as: .init(.canary, share: 0.1), in: "production", by: "ada")
        _ = try registry.promote(third, to: "production", by: "ada")
        let entries = try audit()
        #expect(entries.map(\.action).prefix(2) == [.withdraw, .promote])
        #expect(entries[0].version == 2 && entries[0].reason == "churn@3 became champion")
    }

    @Test func aBrokenCanaryIsRolledBackOnceAndWithItsReason() throws {
        let (_, other) = try twoVersions()
        let deployment = try registry.deploy(other, as: .init(.canary, share: 0.1), in: "production", by: "ada")
        try registry.rollBackChallenger(of: deployment, by: "slipway serve", because: "errors: 9 of 10")
        let entry = try #require(try audit().first)
        #expect(entry.action == .rollBackChallenger && entry.actor == "slipway serve" && entry.version == 2)
        #expect(entry.reason == "errors: 9 of 10")
        // A verdict on what is gone already changes nothing.
        let late = refusal {
            try registry.rollBackChallenger(of: deployment, by: "slipway serve", because: "errors: 9 of 10")
        }
        #expect(late?.kind == .conflict)
    }

    @Test func whatCannotStandBesideTheChampionIsRefusedWithItsReason() throws {
        let (champion, other) = try twoVersions()
        #expect(
            refusal { _ = try registry.deploy(champion, as: .init(.shadow), in: "production", by: "ada") }?.kind
                == .incompatible)
        #expect(
            refusal { _ = try registry.deploy(other, as: .init(.shadow), in: "test", by: "ada") }?.kind == .notFound)
        #expect(
            refusal { _ = try registry.deploy(other, as: .init(.canary, share: 0), in: "production", by: "ada") }?.kind
                == .incompatible)
        var options = SignatureOptions(target: "churn")
        options.positiveClass = "No"
        let reversed = try registry.push(
            Workbench.submission(.boosting, source: "no.onnx", examples: Workbench.rows(), options: options), by: "ada"
        ).version
        let error = refusal { _ = try registry.deploy(reversed, as: .init(.shadow), in: "production", by: "ada") }
        #expect(error?.message.contains("another class counts as positive") == true)
        #expect(try audit()[0].action == .refuse)
        #expect(try bench.store.deployment(of: "churn", in: "production")?.challenger == nil)
    }
}
