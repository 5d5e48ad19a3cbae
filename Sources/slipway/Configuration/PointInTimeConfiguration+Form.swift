import SlipwayData

extension ConfigurationReader {
    /// The histories that `as_of` and `join` name together; `nil` where neither is there, or one of them is wrong.
    ///
    /// - Parameter source: The source of the rows, from which histories come unless they say otherwise.
    mutating func pointInTime(
        of fields: Fields, source: String?, sources: [String], views: DeclaredViews
    ) -> PointInTimeConfiguration? {
        let asOf = optional("as_of", of: fields, as: Form.text(example: "observed_at"))
        let example = "[{ view: customers_history, time: changed_at }]"
        guard let entry = fields["join"] else {
            if let asOf = fields["as_of"] {
                report("'as_of' has no effect without 'join'; write join: \(example)", atKey: asOf)
            }
            return nil
        }
        guard fields["as_of"] != nil else {
            report("'join' needs the column of each row's own time; write as_of: observed_at", atKey: entry)
            return nil
        }
        let form = Form<PointInTimeConfiguration.History>.history(
            asOf: asOf ?? "", source: source, sources: sources, views: views)
        guard let histories = optional("join", of: fields, as: .list(of: form, example: example)), asOf != nil else {
            return nil
        }
        return PointInTimeConfiguration(histories: histories)
    }
}

extension Form where Value == PointInTimeConfiguration.History {
    /// A history: `{ view: customers_history, time: changed_at, max_age: 90d }`, or with `from`, `query`, and `key`.
    fileprivate static func history(
        asOf: String, source: String?, sources: [String], views: DeclaredViews
    ) -> Form {
        let example = "{ view: customers_history, time: changed_at }"
        let keys = ["view", "from", "query", "key", "time", "max_age", "prefix"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let time = reader.required("time", of: fields, as: .text(example: "changed_at"))
            let ageMax = reader.optional("max_age", of: fields, as: .duration(example: "90d"))
            let prefix = reader.optional("prefix", of: fields, as: .text(example: "last_"))
            let history =
                fields["view"] == nil
                ? reader.queriedHistory(of: fields, source: source, sources: sources)
                : reader.viewHistory(of: fields, views: views)
            guard var history, let time else { return nil }
            if history.privacy.columns.contains(time), let entry = fields["time"] {
                // A coarser or a covered time would show a row what came after it.
                reader.report(
                    "'\(time)' decides what a row may see, and the view has a privacy policy for it; use another column",
                    at: entry.value)
            }
            history.join.asOf = asOf
            history.join.time = time
            history.join.ageMaxMilliseconds = ageMax.map { Int64($0 / .milliseconds(1)) }
            history.join.prefix = prefix ?? ""
            return history
        }
    }
}

extension ConfigurationReader {
    fileprivate mutating func viewHistory(of fields: Fields, views: DeclaredViews) -> PointInTimeConfiguration.History?
    {
        for key in ["from", "query", "key"] {
            if let entry = fields[key] { report("'view' says this already; keep one of them", atKey: entry) }
        }
        let name = required("view", of: fields, as: .reference(to: "feature view", among: views.names))
        return name.flatMap { views.views[$0] }.map {
            .init(
                name: "feature view '\($0.name)'", source: $0.source, query: $0.query,
                join: AsOfJoin(asOf: "", key: $0.key, time: ""), privacy: $0.privacy)
        }
    }

    fileprivate mutating func queriedHistory(
        of fields: Fields, source: String?, sources: [String]
    ) -> PointInTimeConfiguration.History? {
        let named = optional("from", of: fields, as: .reference(to: "source", among: sources))
        let query = required("query", of: fields, as: Form.text(example: "select * from contract_history"))
        let key = required("key", of: fields, as: Form.text(example: "customer_id"))
        guard let source = named ?? source, let query, let key else { return nil }
        return .init(
            name: "the history of '\(source)'", source: source, query: query,
            join: AsOfJoin(asOf: "", key: key, time: ""))
    }
}
