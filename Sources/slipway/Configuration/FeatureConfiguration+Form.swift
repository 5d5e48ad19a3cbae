import SlipwayData

extension Form where Value == FeatureConfiguration {
    /// A feature view: `{ from: SOURCE, query: SELECT …, key: COLUMN }`.
    ///
    /// - Parameter sources: The names of all sources.
    static func feature(named name: String, sources: [String]) -> Form {
        let example = "{ from: SOURCE, query: select * from customers, key: customer_id }"
        let keys = ["from", "query", "key", "refresh", "max_age", "privacy"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let source = reader.required("from", of: fields, as: .reference(to: "source", among: sources))
            let query = reader.required(
                "query", of: fields, as: .text(example: "select customer_id, tenure from customers"))
            let key = reader.required("key", of: fields, as: .text(example: "customer_id"))
            let refresh = reader.optional("refresh", of: fields, as: .cron)
            if refresh != nil, let entry = fields["refresh"] {
                reader.notice(
                    "schedules do not run by themselves yet; run slipway data replicate \(name)", at: entry.value)
            }
            let ageMax = reader.optional("max_age", of: fields, as: .duration(example: "24h"))
            let privacy = reader.optional("privacy", of: fields, as: .viewPrivacy) ?? ViewPrivacy()
            if let key, privacy.loggedPolicies[key] != nil, let entry = fields["privacy"] {
                reader.report("the key column '\(key)' is needed for look-ups; choose another key", at: entry.value)
            }
            guard let source, let query, let key else { return nil }
            return FeatureConfiguration(
                name: name, source: source, query: query, key: key, refresh: refresh, ageMax: ageMax,
                privacy: privacy)
        }
    }
}
