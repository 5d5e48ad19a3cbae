import SlipwayData

extension Form where Value == SourceConfiguration {
    /// A source: `{ type: csv, path: data }`.
    static func source(named name: String) -> Form {
        let example = "{ type: csv, path: data }"
        return Form(example: example) { node, reader in
            guard case .mapping = node.content else {
                reader.report("found \(node.kindName) where a mapping belongs, such as \(example)", at: node)
                return nil
            }
            // The keys of a source whose kind is unknown cannot be judged.
            guard let kind = reader.required("type", of: Fields(node: node), as: .sourceKind),
                let fields = reader.fields(
                    of: node, keys: ["type", kind.addressKey, "timeout", "retries"], expecting: example)
            else { return nil }
            let address = reader.required(
                kind.addressKey, of: fields, as: .reference(example: kind.addressExample))
            if kind == .csv, let entry = fields["path"], entry.value.text?.lowercased().hasSuffix(".csv") ?? false {
                reader.report(
                    "a csv source is a folder, and each .csv file in it is a table; write the folder's path",
                    at: entry.value)
            }
            let timeout = reader.optional("timeout", of: fields, as: .duration(example: "30s"))
            let retryCount = reader.optional(
                "retries", of: fields, as: .count(in: 0...SourceConfiguration.retryCountMax, example: "2"))
            return address.map {
                SourceConfiguration(
                    name: name, kind: kind, address: $0, timeout: timeout ?? FetchLimits.timeoutDefault,
                    retryCount: retryCount ?? SourceConfiguration.retryCountDefault)
            }
        }
    }
}

extension Form where Value == SourceConfiguration.Kind {
    /// The kind of a source; those of later versions are known by name and refused.
    static var sourceKind: Form {
        let words = SourceConfiguration.Kind.allCases.map(\.rawValue)
        return Form(example: words[0]) { node, reader in
            let text = node.text ?? ""
            if let kind = SourceConfiguration.Kind(rawValue: text) { return kind }
            let isPlanned = SourceConfiguration.plannedKinds.contains(text)
            reader.report(
                isPlanned
                    ? "this version reads \(Quotation.alternatives(words)), not yet \(text)"
                    : "\(node.kindName) is not a kind of source\(Suggestion.ending(for: text, among: words))",
                at: node)
            return nil
        }
    }
}

extension SourceConfiguration.Kind {
    /// The key that says where such a source is.
    var addressKey: String {
        switch self {
        case .csv, .sqlite: "path"
        case .postgres: "url"
        }
    }

    /// Where such a source may be, for messages.
    var addressExample: String {
        switch self {
        case .csv: "data"
        case .sqlite: "data/warehouse.db"
        case .postgres: "postgres://ada:${CRM_PASSWORD}@db.example:5432/crm"
        }
    }
}
