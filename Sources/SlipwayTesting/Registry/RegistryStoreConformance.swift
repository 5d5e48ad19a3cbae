import Foundation
public import SlipwayData
public import SlipwayRegistry

/// What every registry store must hold, as claims over an empty store.
public enum RegistryStoreConformance {
    /// The claims.
    public static let claims: [ConformanceClaim<any RegistryStore>] = versions + deployments + challengers + audit

    /// The moment of every change that the claims make.
    public static let moment = Timestamp(milliseconds: 1_800_000_000_125)

    /// The digest of a text, standing for that of a package.
    public static func digest(_ text: String) -> SHA256Digest { SHA256Digest(of: Data(text.utf8)) }

    /// An entry of the audit log.
    public static func entry(
        _ action: AuditEntry.Action, model: String = "churn", version: Int? = nil, reason: String? = nil
    ) -> AuditEntry {
        AuditEntry(time: moment, actor: "ada", action: action, model: model, version: version, reason: reason)
    }

    /// Registers packages under the digests of texts, and returns the numbers of their versions.
    @discardableResult
    public static func register(
        _ texts: [String], of model: String = "churn", in store: any RegistryStore
    ) throws -> [Int] {
        try texts.map { text in
            try store.register(model: model, digest: digest(text), audit: entry(.push, model: model)).version.number
        }
    }

    /// A change on top of the deployment as it is.
    public static func change(
        _ kind: DeploymentChange.Kind = .promote, to version: Int, of model: String = "churn",
        in environment: String = "production", store: any RegistryStore
    ) throws -> DeploymentChange {
        let current = try store.deployment(of: model, in: environment)
        var audit = entry(kind == .promote ? .promote : .rollback, model: model, version: version)
        audit.environment = environment
        return DeploymentChange(
            environment: environment, model: model, kind: kind, version: version, previous: current?.champion,
            expectedRevision: current?.revision ?? 0, audit: audit)
    }

    private static let versions: [ConformanceClaim<any RegistryStore>] = [
        ConformanceClaim("an empty store knows nothing and refuses nothing") { store in
            try ConformanceFailure.unlessEqual(try store.models(), [], "the models")
            try ConformanceFailure.unlessEqual(try store.versions(of: "churn"), [], "the versions")
            try ConformanceFailure.unlessEqual(try store.deployment(of: "churn", in: "test"), nil, "the deployment")
            try ConformanceFailure.unlessEqual(try store.deployments(in: "test"), [], "the deployments")
            try ConformanceFailure.unlessEqual(
                try store.championHistory(of: "churn", in: "test").current, nil, "the champion")
            try ConformanceFailure.unlessEqual(try store.audit(model: nil, limit: 10), [], "the audit log")
        },
        ConformanceClaim("versions are counted from 1 for each model, and come back as they were written") { store in
            try ConformanceFailure.unlessEqual(try register(["a", "b"], in: store), [1, 2], "the numbers")
            try ConformanceFailure.unlessEqual(try register(["a"], of: "price", in: store), [1], "another model's")
            let wanted = (1...2).map { number in
                ModelVersion(
                    model: "churn", number: number, digest: digest(["a", "b"][number - 1]), createdAt: moment,
                    createdBy: "ada")
            }
            try ConformanceFailure.unlessEqual(try store.versions(of: "churn"), wanted, "the versions")
            try ConformanceFailure.unlessEqual(try store.models(), ["churn", "price"], "the models")
        },
        ConformanceClaim("the same digest is the same version, and is audited once") { store in
            try register(["a", "b"], in: store)
            let again = try store.register(model: "churn", digest: digest("a"), audit: entry(.push))
            try ConformanceFailure.unlessEqual(again.version.number, 1, "the number")
            try ConformanceFailure.unless(!again.isNew, "the version is not new")
            try ConformanceFailure.unlessEqual(
                try store.audit(model: "churn", limit: 10).map(\.version), [2, 1], "the versions in the audit log")
        },
        ConformanceClaim("numbers stay dense when many register at once, some of them the same") { store in
            let numbers = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<40 {
                    group.addTask { try register(["package \(index / 2)"], in: store)[0] }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            try ConformanceFailure.unlessEqual(
                numbers.sorted(), (1...20).flatMap { [$0, $0] }, "the numbers")
            try ConformanceFailure.unlessEqual(
                try store.versions(of: "churn").map(\.number), Array(1...20), "the versions")
            try ConformanceFailure.unlessEqual(try store.audit(model: nil, limit: 100).count, 20, "the audit entries")
        },
    ]

    private static let deployments: [ConformanceClaim<any RegistryStore>] = [
        ConformanceClaim("a change moves the champion and counts the revision") { store in
            try register(["a", "b"], in: store)
            for version in [1, 2] {
                let wanted = Deployment(
                    environment: "production", model: "churn", champion: version, revision: version, updatedAt: moment)
                try ConformanceFailure.unlessEqual(
                    try store.apply(change(to: version, store: store)), wanted, "what the change gives")
                try ConformanceFailure.unlessEqual(
                    try store.deployment(of: "churn", in: "production"), wanted, "the deployment")
            }
            try ConformanceFailure.unlessEqual(try store.deployment(of: "churn", in: "test"), nil, "the other one")
        },
        ConformanceClaim("deployments come by environment, sorted by model") { store in
            for model in ["price", "churn"] {
                try register(["a"], of: model, in: store)
                _ = try store.apply(change(to: 1, of: model, store: store))
            }
            _ = try store.apply(change(to: 1, in: "test", store: store))
            try ConformanceFailure.unlessEqual(
                try store.deployments(in: "production").map(\.model), ["churn", "price"], "the models")
            try ConformanceFailure.unlessEqual(try store.deployments(in: "test").map(\.model), ["churn"], "in test")
        },
        ConformanceClaim("a change decided on a stale revision is refused and leaves no trace") { store in
            try register(["a", "b", "c"], in: store)
            let late = try change(to: 2, store: store)
            _ = try store.apply(change(to: 1, store: store))
            let before = try store.audit(model: nil, limit: 10)
            for stale in [late, late.with(revision: 7), late.with(revision: -1)] {
                let error = failure { _ = try store.apply(stale) }
                try ConformanceFailure.unlessEqual(error?.kind, .conflict, "the error")
            }
            try ConformanceFailure.unlessEqual(
                try store.deployment(of: "churn", in: "production")?.champion, 1, "the champion")
            try ConformanceFailure.unlessEqual(try store.audit(model: nil, limit: 10), before, "the audit log")
            try ConformanceFailure.unlessEqual(
                try store.championHistory(of: "churn", in: "production").previous, nil, "the champion before")
        },
        ConformanceClaim("of many changes at once one is made, the others conflict") { store in
            try register((0..<10).map { "\($0)" }, in: store)
            let changes = try (1...10).map { try change(to: $0, store: store) }
            let made = try await withThrowingTaskGroup(of: Bool.self) { group in
                for change in changes {
                    group.addTask {
                        let error = failure { _ = try store.apply(change) }
                        try ConformanceFailure.unless(error.map { $0.kind == .conflict } ?? true, "a conflict")
                        return error == nil
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try ConformanceFailure.unlessEqual(made, 1, "the changes made")
            try ConformanceFailure.unlessEqual(
                try store.deployment(of: "churn", in: "production")?.revision, 1, "the revision")
        },
        ConformanceClaim("a version that is not registered never becomes champion") { store in
            try register(["a"], in: store)
            for change in [try change(to: 2, store: store), try change(to: 1, of: "price", store: store)] {
                let error = failure { _ = try store.apply(change) }
                try ConformanceFailure.unlessEqual(error?.kind, .notFound, "the error")
                let after = try store.deployment(of: change.model, in: "production")
                try ConformanceFailure.unlessEqual(after, nil, "the deployment")
            }
            try ConformanceFailure.unlessEqual(try store.audit(model: nil, limit: 10).count, 1, "the audit entries")
        },
        ConformanceClaim("rollbacks go back promotion by promotion, also where a version came twice") { store in
            try register(["a", "b", "c"], in: store)
            for version in [1, 2, 3, 2] { _ = try store.apply(change(to: version, store: store)) }
            var seen: [Int] = []
            while let previous = try store.championHistory(of: "churn", in: "production").previous {
                seen.append(try store.apply(change(.rollback, to: previous, store: store)).champion)
            }
            try ConformanceFailure.unlessEqual(seen, [3, 2, 1], "the champions on the way back")
            _ = try store.apply(change(to: 3, store: store))
            try ConformanceFailure.unlessEqual(
                try store.championHistory(of: "churn", in: "production").previous, 1, "the champion before the next")
        },
    ]

    private static let audit: [ConformanceClaim<any RegistryStore>] = [
        ConformanceClaim("the audit log comes newest first, by model and limit, every part kept") { store in
            try register(["a"], in: store)
            try store.record(entry(.refuse, version: 1, reason: "roc_auc: 'low' \u{2014} \"0.5\"; drop table audit"))
            try store.record(entry(.force, model: "price"))
            _ = try store.apply(change(to: 1, store: store))
            let all = try store.audit(model: nil, limit: 10)
            try ConformanceFailure.unlessEqual(all.map(\.action), [.promote, .force, .refuse, .push], "the actions")
            let wanted = entry(.refuse, version: 1, reason: "roc_auc: 'low' \u{2014} \"0.5\"; drop table audit")
            try ConformanceFailure.unlessEqual(all[2], wanted, "the refusal")
            try ConformanceFailure.unlessEqual(all[0].environment, "production", "the environment")
            try ConformanceFailure.unlessEqual(
                try store.audit(model: "churn", limit: 2).map(\.action), [.promote, .refuse], "the latest two")
            for limit in [0, -1] {
                try ConformanceFailure.unlessEqual(try store.audit(model: nil, limit: limit), [], "no entries")
            }
            try ConformanceFailure.unlessEqual(try store.audit(model: "nobody", limit: 10), [], "an unknown model's")
        }
    ]

    static func failure(_ work: () throws -> Void) -> RegistryError? {
        do {
            try work()
            return nil
        } catch {
            return error as? RegistryError ?? RegistryError(.storeFailed, "\(error)")
        }
    }
}

extension DeploymentChange {
    fileprivate func with(revision: Int) -> DeploymentChange {
        var change = self
        change.expectedRevision = revision
        return change
    }
}
