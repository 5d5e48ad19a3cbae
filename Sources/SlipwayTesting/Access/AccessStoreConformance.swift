public import SlipwayAccess
public import SlipwayData

/// What every store of keys must hold, as claims over an empty store.
public enum AccessStoreConformance {
    /// The moment of every change that the claims make.
    public static let moment = Timestamp(milliseconds: 1_800_000_000_125)

    /// A key with the id and name of a text.
    public static func key(_ name: String, id: String? = nil) -> APIKey {
        APIKey(
            id: id ?? "id-\(name)", name: name, hash: KeySecret.random().hash,
            scopes: [Scope(.predict, model: "churn"), Scope(.view)], rateLimit: 2.5, createdAt: moment,
            createdBy: "ada 'the first'", expiresAt: Timestamp(milliseconds: moment.milliseconds + 1_000))
    }

    /// An entry of the audit log.
    public static func entry(
        _ action: AccessEntry.Action, _ key: APIKey, detail: String? = nil
    ) -> AccessEntry {
        AccessEntry(
            time: moment, actor: "ada", action: action, keyID: key.id, keyName: key.name, detail: detail)
    }

    /// The claims.
    public static let claims: [ConformanceClaim<any AccessStore>] = [
        ConformanceClaim("an empty store knows nothing and refuses nothing") { store in
            try ConformanceFailure.unlessEqual(try store.keys(), [], "the keys")
            try ConformanceFailure.unlessEqual(try store.revision(), 0, "the revision")
            try ConformanceFailure.unlessEqual(try store.audit(limit: 10), [], "the audit log")
        },
        ConformanceClaim("keys come back as they were written, in the order in which they were made") { store in
            var plain = key("plain")
            (plain.rateLimit, plain.expiresAt, plain.scopes) = (nil, nil, [Scope(.admin)])
            let keys = [key("zulu"), plain, key("alpha")]
            for key in keys { try store.create(key, audit: entry(.create, key)) }
            try ConformanceFailure.unlessEqual(try store.keys(), keys, "the keys")
        },
        ConformanceClaim("a revoked key stays, marked with the time") { store in
            var made = key("billing")
            try store.create(made, audit: entry(.create, made))
            made.revokedAt = moment
            let revoked = try store.revoke(made.id, audit: entry(.revoke, made))
            try ConformanceFailure.unlessEqual(revoked, made, "what revoking gives")
            try ConformanceFailure.unlessEqual(try store.keys(), [made], "the keys")
        },
        ConformanceClaim("every change is audited once and grows the revision, newest first") { store in
            let made = key("billing")
            try store.create(made, audit: entry(.create, made, detail: "predict; drop table access_audit"))
            let first = try store.revision()
            _ = try store.revoke(made.id, audit: entry(.revoke, made))
            try ConformanceFailure.unless(try first > 0 && store.revision() > first, "the revision grows")
            let wanted = [
                entry(.revoke, made), entry(.create, made, detail: "predict; drop table access_audit"),
            ]
            try ConformanceFailure.unlessEqual(try store.audit(limit: 10), wanted, "the audit log")
            try ConformanceFailure.unlessEqual(try store.audit(limit: 1), [wanted[0]], "the latest entry")
            for limit in [0, -1] { try ConformanceFailure.unlessEqual(try store.audit(limit: limit), [], "no entry") }
        },
        ConformanceClaim("a name is taken until its key is revoked, an id for ever; a refusal leaves no trace") {
            store in
            let first = key("billing")
            try store.create(first, audit: entry(.create, first))
            for taken in [key("billing", id: "other"), key("other", id: first.id)] {
                let error = failure { try store.create(taken, audit: entry(.create, taken)) }
                try ConformanceFailure.unlessEqual(error?.kind, .conflict, "the error")
            }
            try ConformanceFailure.unlessEqual(try store.keys(), [first], "the keys")
            try ConformanceFailure.unlessEqual(try store.revision(), 1, "the revision")
            _ = try store.revoke(first.id, audit: entry(.revoke, first))
            let second = key("billing", id: "second")
            try store.create(second, audit: entry(.create, second))
            try ConformanceFailure.unlessEqual(try store.keys().map(\.id), [first.id, "second"], "the ids")
        },
        ConformanceClaim("an unknown key and one revoked already are refused, and leave no trace") { store in
            let made = key("billing")
            let unknown = failure { _ = try store.revoke("nobody", audit: entry(.revoke, made)) }
            try ConformanceFailure.unlessEqual(unknown?.kind, .notFound, "the error")
            try store.create(made, audit: entry(.create, made))
            _ = try store.revoke(made.id, audit: entry(.revoke, made))
            let again = failure { _ = try store.revoke(made.id, audit: entry(.revoke, made)) }
            try ConformanceFailure.unlessEqual(again?.kind, .conflict, "the error")
            try ConformanceFailure.unlessEqual(try store.revision(), 2, "the revision")
        },
        ConformanceClaim("of many that revoke one key at once, one does") { store in
            let made = key("billing")
            try store.create(made, audit: entry(.create, made))
            let count = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 {
                    group.addTask { failure { _ = try store.revoke(made.id, audit: entry(.revoke, made)) } == nil }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try ConformanceFailure.unlessEqual(count, 1, "the revocations")
            try ConformanceFailure.unlessEqual(try store.audit(limit: 100).count, 2, "the audit entries")
        },
    ]

    private static func failure(_ work: () throws -> Void) -> AccessError? {
        do {
            try work()
            return nil
        } catch {
            return error as? AccessError ?? AccessError(.storeFailed, "\(error)")
        }
    }
}
