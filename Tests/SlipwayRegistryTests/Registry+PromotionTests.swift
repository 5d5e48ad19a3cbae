import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayRegistry
import SlipwayTesting
import Testing

struct RegistryPromotionTests {
    private let bench: Workbench

    init() throws { bench = try Workbench() }

    @discardableResult
    private func push(
        _ fixture: Workbench.Fixture = .logistic, source: String = "churn.onnx", noise: Bool = true
    ) throws -> ModelVersion {
        var submission = try Workbench.submission(fixture, source: source, examples: Workbench.rows(noise: noise))
        submission.notes = ModelNotes(purpose: "Who will leave?")
        return try bench.registry().push(submission, by: "ada").version
    }

    private func promoted(_ version: ModelVersion, gate: [GateCondition] = []) throws -> Registry.Promotion {
        try bench.registry(gate: gate).promote(version, to: "production", by: "ada")
    }

    private func champion() throws -> Int? { try bench.store.deployment(of: "churn", in: "production")?.champion }

    private func actions() throws -> [AuditEntry.Action] {
        try bench.store.audit(model: "churn", limit: 20).map(\.action)
    }

    @Test func aVersionThatMeetsItsGateBecomesChampion() throws {
        let version = try push()
        let promotion = try promoted(
            version,
            gate: [
                .atLeast(metric: "accuracy", 0.8, slice: nil), .atMost(metric: "brier", 0.25, slice: nil),
                .atLeast(metric: "accuracy", 0.6, slice: "channel"),
                .notWorseThanChampion(metric: "roc_auc", tolerance: 0.005, confidence: 0.95),
            ])
        #expect(promotion.report.holds)
        #expect(promotion.report.conditions.allSatisfy { $0.isPassed })
        #expect(promotion.deployment?.champion == 1)
        #expect(!promotion.isForced)
        #expect(try actions() == [.promote, .push])
    }

    @Test func promotingTheChampionAgainChangesNothing() throws {
        let version = try push()
        _ = try promoted(version)
        #expect(try promoted(version).deployment?.revision == 1)
        #expect(try actions() == [.promote, .push])
    }

    /// Each kind of condition with a bound out of reach, and the figures that its reason must show.
    static let refusals: [(GateCondition, [String])] = [
        (.atLeast(metric: "accuracy", 0.999, slice: nil), ["accuracy is 0.", "not at least 0.999"]),
        (.atMost(metric: "log_loss", 0.001, slice: nil), ["log_loss is ", "not at most 0.001"]),
        (.atLeast(metric: "accuracy", 0.999, slice: "channel"), ["shop 0.", "web 0.", " rows)", "not at least 0.999"]),
        (.atMost(metric: "log_loss", 0.001, slice: "region"), ["north ", "south ", " rows)", "not at most 0.001"]),
    ]

    @Test(arguments: refusals)
    func aConditionThatFailsRefusesWithItsFigures(_ condition: GateCondition, _ figures: [String]) throws {
        let promotion = try promoted(push(), gate: [condition])
        #expect(promotion.deployment == nil)
        let refusal = try #require(promotion.report.refusals.first)
        #expect(refusal.word == "failed")
        for figure in figures { #expect(refusal.reason.contains(figure), "\(refusal.reason)") }
        #expect(try champion() == nil)
        let entry = try #require(try bench.store.audit(model: "churn", limit: 1).first)
        #expect(entry.action == .refuse)
        #expect(entry.version == 1)
        #expect(entry.environment == "production")
        #expect(entry.reason == "\(refusal.name): \(refusal.reason)")
    }

    @Test(arguments: [nil, 0.95])
    func aVersionWorseThanTheChampionIsRefusedWithBothFigures(confidence: Double?) throws {
        _ = try promoted(push(.logistic, noise: false))
        let condition = GateCondition.notWorseThanChampion(metric: "roc_auc", tolerance: 0.005, confidence: confidence)
        let promotion = try promoted(push(.boosting, noise: false), gate: [condition])
        let refusal = try #require(promotion.report.refusals.first)
        #expect(refusal.word == "failed")
        #expect(refusal.reason.hasPrefix("roc_auc is 0."))
        #expect(refusal.reason.contains("the champion's is 1.0"))
        #expect(refusal.reason.hasSuffix("more than 0.005"))
        #expect(try champion() == 1)
    }

    @Test func anEqualVersionPassesWithConfidenceTheSameWayEachTime() throws {
        _ = try promoted(push(source: "one.onnx"))
        let condition = GateCondition.notWorseThanChampion(metric: "roc_auc", tolerance: 0, confidence: 0.95)
        let version = try push(source: "two.onnx")
        let judged = try bench.registry(gate: [condition]).judge(version, in: "production")
        #expect(try bench.registry(gate: [condition]).judge(version, in: "production") == judged)
        #expect(judged.conditions.first?.reason.hasSuffix("at 95.0 % confidence the loss is at most 0.0") == true)
        #expect(try promoted(version, gate: [condition]).deployment?.champion == 2)
    }

    @Test func aBetterVersionPassesWithConfidence() throws {
        _ = try promoted(push(.boosting, noise: false))
        let condition = GateCondition.notWorseThanChampion(metric: "roc_auc", tolerance: 0, confidence: 0.95)
        let promotion = try promoted(push(.logistic, noise: false), gate: [condition])
        #expect(promotion.report.refusals == [])
        #expect(promotion.deployment?.champion == 2)
    }

    /// Conditions that cannot be judged, and why.
    static let unjudged: [(GateCondition, String)] = [
        (.atLeast(metric: "rmse", 0, slice: nil), "'rmse' does not apply; there are roc_auc"),
        (.atLeast(metric: "accuracy", 0, slice: "city"), "the examples have no column 'city'"),
        (.atLeast(metric: "accuracy", 0, slice: "age"), "'age' has "),
    ]

    @Test(arguments: unjudged)
    func aConditionThatCannotBeJudgedRefuses(_ condition: GateCondition, _ reason: String) throws {
        let promotion = try promoted(push(), gate: [condition])
        #expect(promotion.deployment == nil)
        #expect(promotion.report.refusals.map(\.word) == ["not run"])
        #expect(promotion.report.refusals.first?.reason.hasPrefix(reason) == true)
    }

    @Test func withoutLabelledRowsEveryConditionRefuses() throws {
        let pushed = try bench.registry().push(Workbench.submission(options: SignatureOptions()), by: "ada")
        let promotion = try promoted(pushed.version, gate: [.atLeast(metric: "accuracy", 0, slice: nil)])
        #expect(promotion.report.refusals.map(\.reason) == ["the model has no target"])
        #expect(promotion.deployment == nil)
    }

    @Test func forceNeedsAReasonAndIsAudited() throws {
        let version = try push()
        let registry = bench.registry(gate: [.atLeast(metric: "accuracy", 0.999, slice: nil)])
        let error = #expect(throws: RegistryError.self) {
            try registry.promote(version, to: "production", by: "ada", force: " \n")
        }
        #expect(error?.kind == .reasonRequired)
        #expect(try champion() == nil)
        let promotion = try registry.promote(version, to: "production", by: "ada", force: "the old one is wrong")
        #expect(promotion.isForced)
        #expect(promotion.deployment?.champion == 1)
        let entry = try bench.store.audit(model: "churn", limit: 1).first
        #expect(entry?.action == .force)
        #expect(entry?.reason == "the old one is wrong")
    }

    @Test func aForceThatIsNotNeededIsAnOrdinaryPromotion() throws {
        let promotion = try bench.registry().promote(push(), to: "production", by: "ada", force: "in a hurry")
        #expect(!promotion.isForced)
        #expect(try actions() == [.promote, .push])
    }

    @Test func failedChecksCannotBeForced() throws {
        let version = try push()
        let deaf = bench.registry(engines: [DecliningEngine()])
        let promotion = try deaf.promote(version, to: "production", by: "ada", force: "because")
        #expect(promotion.deployment == nil)
        #expect(promotion.report.refusals.map(\.name) == ["engine"])
        #expect(promotion.report.refusals.first?.reason == "declining: it declines everything")
        #expect(try actions() == [.refuse, .push])
    }

    @Test func aChangedByteInAnyFileIsRefusedAtLoadPromotionAndRollback() throws {
        let first = try push(source: "one.onnx")
        let second = try push(source: "two.onnx")
        _ = try promoted(first)
        _ = try promoted(second)
        let folder = "\(bench.packages)/\(first.digest.hex)"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(names.count == PackageFile.allCases.count)
        for name in names {
            let file = URL(fileURLWithPath: "\(folder)/\(name)")
            let original = try Data(contentsOf: file)
            var changed = original
            changed[changed.startIndex + changed.count / 2] ^= 0x01
            try changed.write(to: file)
            for attempt in attempts(on: first) {
                let error = #expect(throws: ModelError.self, "\(name)") { try attempt() }
                #expect(error?.kind == .corruptPackage)
            }
            try original.write(to: file)
        }
        #expect(try champion() == 2)
        #expect(try bench.registry().rollBack("churn", in: "production", by: "ada").champion == 1)
    }

    private func attempts(on version: ModelVersion) -> [() throws -> Void] {
        let registry = bench.registry()
        return [
            { _ = try registry.package(of: version) },
            { _ = try registry.promote(version, to: "production", by: "ada", force: "because") },
            { _ = try registry.rollBack("churn", in: "production", by: "ada") },
        ]
    }

    @Test func aDamagedChampionDoesNotStandInTheWayOfItsSuccessor() throws {
        let first = try push(source: "one.onnx")
        _ = try promoted(first)
        try FileManager.default.removeItem(atPath: "\(bench.packages)/\(first.digest.hex)/model.onnx")
        let second = try push(source: "two.onnx")
        let condition = GateCondition.notWorseThanChampion(metric: "roc_auc", tolerance: 0, confidence: nil)
        let refused = try promoted(second, gate: [condition])
        #expect(refused.report.refusals.first?.word == "not run")
        #expect(refused.report.refusals.first?.reason.contains("model.onnx is missing") == true)
        let registry = bench.registry(gate: [condition])
        let forced = try registry.promote(second, to: "production", by: "ada", force: "the champion is damaged")
        #expect(forced.deployment?.champion == 2)
    }

    @Test func rollingBackTwiceGoesTwoPromotionsBack() throws {
        for source in ["one", "two", "three"] { _ = try promoted(push(source: source)) }
        let registry = bench.registry()
        #expect(try registry.rollBack("churn", in: "production", by: "ada").champion == 2)
        #expect(try registry.rollBack("churn", in: "production", by: "ada", reason: "still bad").champion == 1)
        let entry = try bench.store.audit(model: "churn", limit: 1).first
        #expect(entry?.action == .rollback)
        #expect(entry?.version == 1)
        #expect(entry?.reason == "still bad")
        let error = #expect(throws: RegistryError.self) {
            try registry.rollBack("churn", in: "production", by: "ada")
        }
        #expect(error?.kind == .notFound)
        #expect(error?.message.contains("there is nothing to roll back to") == true)
        #expect(try champion() == 1)
    }

    @Test func rollingBackWhatWasNeverPromotedSaysSo() throws {
        let registry = bench.registry()
        let unknown = #expect(throws: RegistryError.self) { try registry.rollBack("chrun", in: "test", by: "ada") }
        #expect(unknown?.hint == "Push one: slipway model push model.onnx --name chrun")
        try push()
        let near = #expect(throws: RegistryError.self) { try registry.rollBack("chrun", in: "test", by: "ada") }
        #expect(near?.hint == "Did you mean 'churn'?")
        let error = #expect(throws: RegistryError.self) { try registry.rollBack("churn", in: "test", by: "ada") }
        #expect(error?.message == "churn has no champion in test")
    }

    @Test func aChangeMeanwhileIsAConflict() throws {
        let versions = try [push(source: "one"), push(source: "two")]
        let meddling = MeddlingStore(bench.store) {
            _ = try bench.store.apply(RegistryStoreConformance.change(to: 2, store: bench.store))
        }
        let registry = Registry(store: meddling, packagesFolder: bench.packages, engines: [NativeEngine()])
        let error = #expect(throws: RegistryError.self) {
            try registry.promote(versions[0], to: "production", by: "ada")
        }
        #expect(error?.kind == .conflict)
        #expect(try champion() == 2)
    }
}
