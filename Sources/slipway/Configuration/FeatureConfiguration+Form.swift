import SlipwayData
import SlipwayServing

extension Form where Value == FeatureConfiguration {
    /// A feature view: `{ from: SOURCE, query: SELECT …, key: COLUMN }`.
    ///
    /// - Parameter sources: The names of all sources.
    static func feature(named name: String, sources: [String]) -> Form {
        let example = "{ from: SOURCE, query: select * from customers, key: customer_id }"
        let keys = [
            "from", "query", "key", "time", "refresh", "max_age", "stale", "lookup", "on_failure", "defaults",
            "privacy",
        ]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let source = reader.required("from", of: fields, as: .reference(to: "source", among: sources))
            let query = reader.required(
                "query", of: fields, as: .text(example: "select customer_id, tenure from customers"))
            let key = reader.required("key", of: fields, as: .text(example: "customer_id"))
            let time = reader.optional("time", of: fields, as: .text(example: "scored_at"))
            let refresh = reader.optional("refresh", of: fields, as: .cron)
            let ageMax = reader.optional("max_age", of: fields, as: .duration(example: "24h"))
            let staleness = reader.optional(
                "stale", of: fields, as: Form<FeatureUse.Staleness>.choice("what becomes of stale features"))
            if staleness != nil, ageMax == nil, let entry = fields["stale"] {
                reader.report("features are stale from an age that max_age says; write max_age: 24h", at: entry.value)
            }
            let lookUp = reader.optional("lookup", of: fields, as: .lookUp) ?? LookUpRules()
            let onFailure = reader.failureBehaviour(of: fields, key: key, isCached: lookUp.cacheAge != nil)
            let privacy = reader.optional("privacy", of: fields, as: .viewPrivacy) ?? ViewPrivacy()
            if let key, privacy.loggedPolicies[key] != nil, let entry = fields["privacy"] {
                reader.report("the key column '\(key)' is needed for look-ups; choose another key", at: entry.value)
            }
            guard let source, let query, let key else { return nil }
            return FeatureConfiguration(
                name: name, source: source, query: query, key: key, time: time, refresh: refresh, ageMax: ageMax,
                staleness: staleness ?? .flag, lookUpTimeout: lookUp.timeout, cacheAge: lookUp.cacheAge,
                onFailure: onFailure, privacy: privacy)
        }
    }
}

/// How a view is looked up in.
private struct LookUpRules {
    var timeout: Duration?
    var cacheAge: Duration?
}

extension Form where Value == LookUpRules {
    /// How a view is looked up in: `{ timeout: 50ms, cache: 10s }`.
    fileprivate static var lookUp: Form {
        let example = "{ timeout: 50ms, cache: 10s }"
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: ["timeout", "cache"], expecting: example) else {
                return nil
            }
            return LookUpRules(
                timeout: reader.optional("timeout", of: fields, as: .duration(example: "50ms")),
                cacheAge: reader.optional("cache", of: fields, as: .duration(example: "10s")))
        }
    }
}
