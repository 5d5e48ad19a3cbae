import SlipwayData
public import SlipwayRegistry

extension RegistryStoreConformance {
    /// A challenger every part of which says something.
    public static func challenger(_ version: Int) -> Challenger {
        var guardrail = Guardrail()
        guardrail.errorRateMax = 0.125
        guardrail.latencyRatioMax = nil
        guardrail.accuracyLossMax = 0.1
        guardrail.callCountMin = 250
        guardrail.level = 1e-4
        return Challenger(
            version: version, mode: .canary, share: 0.1, key: "customer_id", guardrail: guardrail, since: moment)
    }

    /// A challenger set on top of the deployment as it is, or taken away.
    public static func change(
        to challenger: Challenger?, of model: String = "churn", in environment: String = "production",
        store: any RegistryStore
    ) throws -> ChallengerChange {
        var audit = entry(challenger == nil ? .withdraw : .deploy, model: model, version: challenger?.version)
        audit.environment = environment
        return ChallengerChange(
            environment: environment, model: model, challenger: challenger,
            expectedRevision: try store.deployment(of: model, in: environment)?.revision ?? 0, audit: audit)
    }

    static let challengers: [ConformanceClaim<any RegistryStore>] = [
        ConformanceClaim("a challenger comes back as it was set, and goes; the champion and its history stay") {
            store in
            try register(["a", "b"], in: store)
            _ = try store.apply(change(to: 1, store: store))
            let wanted = Deployment(
                environment: "production", model: "churn", champion: 1, challenger: challenger(2), revision: 2,
                updatedAt: moment)
            try ConformanceFailure.unlessEqual(
                try store.apply(change(to: challenger(2), store: store)), wanted, "what the change gives")
            try ConformanceFailure.unlessEqual(
                try store.deployment(of: "churn", in: "production"), wanted, "the deployment")
            try ConformanceFailure.unlessEqual(try store.deployments(in: "production"), [wanted], "the deployments")
            let shadow = Challenger(version: 2, mode: .shadow, since: moment)
            try ConformanceFailure.unlessEqual(
                try store.apply(change(to: shadow, store: store)).challenger, shadow, "the one in its place")
            let after = try store.apply(change(to: Challenger?.none, store: store))
            try ConformanceFailure.unlessEqual(after.challenger, nil, "the challenger after it went")
            try ConformanceFailure.unlessEqual(after.revision, 4, "the revision")
            try ConformanceFailure.unlessEqual(
                try store.audit(model: "churn", limit: 3).map(\.action), [.withdraw, .deploy, .deploy], "the actions")
            try ConformanceFailure.unlessEqual(
                try store.championHistory(of: "churn", in: "production").current, 1, "the champion")
        },
        ConformanceClaim("a change of the champion ends the trial, and both are audited") { store in
            try register(["a", "b", "c"], in: store)
            _ = try store.apply(change(to: 1, store: store))
            _ = try store.apply(change(to: challenger(2), store: store))
            var promotion = try change(to: 3, store: store)
            promotion.challengerAudit = entry(.withdraw, version: 2)
            try ConformanceFailure.unlessEqual(try store.apply(promotion).challenger, nil, "the challenger")
            try ConformanceFailure.unlessEqual(
                try store.deployment(of: "churn", in: "production")?.challenger, nil, "the challenger in the store")
            try ConformanceFailure.unlessEqual(
                try store.audit(model: "churn", limit: 2).map(\.action), [.withdraw, .promote], "the actions")
        },
        ConformanceClaim("a challenger without a champion, of no version, or decided too late leaves no trace") {
            store in
            try register(["a", "b"], in: store)
            let early = try change(to: challenger(2), store: store)
            try ConformanceFailure.unlessEqual(
                failure { _ = try store.apply(early) }?.kind, .notFound, "the error without a champion")
            _ = try store.apply(change(to: 1, store: store))
            let before = try store.audit(model: nil, limit: 10)
            try ConformanceFailure.unlessEqual(
                failure { _ = try store.apply(early) }?.kind, .conflict, "the error of a stale revision")
            let unknown = try change(to: challenger(7), store: store)
            try ConformanceFailure.unlessEqual(
                failure { _ = try store.apply(unknown) }?.kind, .notFound, "the error of an unknown version")
            let deployment = try store.deployment(of: "churn", in: "production")
            try ConformanceFailure.unlessEqual(deployment?.revision, 1, "the revision")
            try ConformanceFailure.unlessEqual(deployment?.challenger, nil, "the challenger")
            try ConformanceFailure.unlessEqual(try store.audit(model: nil, limit: 10), before, "the audit log")
        },
    ]
}
