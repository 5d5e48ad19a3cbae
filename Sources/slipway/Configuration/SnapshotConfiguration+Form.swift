import SlipwayData

extension Form where Value == SnapshotConfiguration {
    /// A snapshot: `{ from: SOURCE, query: SELECT …, keep: 10, max_age: 90d }`; with the name of a model or a feature
    /// view, whose rows are named there, `{ keep: 10 }`.
    static func snapshot(named name: String, sources: [String], views: DeclaredViews, models: [String]) -> Form {
        let holder = models.contains(name) ? "the model" : views.names.contains(name) ? "the feature view" : nil
        let example =
            holder == nil ? "{ from: SOURCE, query: select * from customers, keep: 10 }" : "{ keep: 10, max_age: 90d }"
        let keys = ConfigurationReader.rowsKeys + ["privacy", "keep", "max_age"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let keep = reader.optional(
                "keep", of: fields, as: .count(in: 1...SnapshotConfiguration.keptCountMax, example: "10"))
            let ageMax = reader.optional("max_age", of: fields, as: .duration(example: "90d"))
            let retention = SnapshotRetention(countMax: keep, ageMax: ageMax)
            if let holder {
                for key in ConfigurationReader.rowsKeys + ["privacy"] {
                    guard let entry = fields[key] else { continue }
                    reader.report(
                        "\(holder) \(name) says which rows these are; give this snapshot another name", atKey: entry)
                }
                return SnapshotConfiguration(name: name, retention: retention)
            }
            let selection = reader.rows(of: fields, sources: sources, views: views)
            let privacy = reader.optional("privacy", of: fields, as: .viewPrivacy) ?? ViewPrivacy()
            guard let source = selection.source, let rows = selection.rows else { return nil }
            return SnapshotConfiguration(
                name: name,
                rows: .init(source: source, rows: rows, pointInTime: selection.pointInTime, privacy: privacy),
                retention: retention)
        }
    }
}
