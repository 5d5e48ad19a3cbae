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
                    of: node, keys: kind.keys, expecting: example)
            else { return nil }
            let address = reader.required(
                kind.addressKey, of: fields, as: .reference(example: kind.addressExample))
            if kind == .csv, let entry = fields["path"], entry.value.text?.lowercased().hasSuffix(".csv") ?? false {
                reader.report(
                    "a csv source is a folder, and each .csv file in it is a table; write the folder's path",
                    at: entry.value)
            }
            let policy = reader.policy(of: fields)
            let use = reader.databaseUse(of: fields)
            let api = kind == .http ? reader.api(of: fields) : nil
            let parsing = kind == .csv ? reader.parsing(of: fields) : nil
            let bucket = kind == .s3 ? reader.bucket(of: fields) : nil
            return address.map {
                SourceConfiguration(
                    name: name, kind: kind, address: $0, policy: policy, databaseUse: use, parsing: parsing, api: api,
                    bucket: bucket)
            }
        }
    }
}

extension ConfigurationReader {
    /// What queries through DuckDB may take.
    fileprivate mutating func databaseUse(of fields: Fields) -> DatabaseUse {
        var use = DatabaseUse()
        let memory = optional("memory", of: fields, as: .byteSize(in: DatabaseUse.memoryRange, example: "1GB"))
        let threads = optional("threads", of: fields, as: .count(in: DatabaseUse.threadRange, example: "2"))
        if let memory { use.memoryByteCountMax = memory }
        if let threads { use.threadCount = threads }
        return use
    }
}

extension DatabaseUse {
    /// The bounds that a project may set: less memory than the least is too little for any query.
    fileprivate static let memoryRange = 16_000_000...1_000_000_000_000
    fileprivate static let threadRange = 1...256
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
    /// The keys that such a source may have.
    fileprivate var keys: [String] {
        ["type", addressKey] + ownKeys + ResiliencePolicy.keys
    }

    private var ownKeys: [String] {
        switch self {
        case .csv: CSVParsing.keys
        case .sqlite, .postgres: []
        case .duckdb, .files: ["memory", "threads"]
        case .http: APIConfiguration.keys
        case .s3: BucketConfiguration.keys + ["memory", "threads"]
        }
    }

    /// The key that says where such a source is.
    var addressKey: String {
        switch self {
        case .csv, .sqlite, .duckdb, .files: "path"
        case .postgres, .http, .s3: "url"
        }
    }

    /// Where such a source may be, for messages.
    var addressExample: String {
        switch self {
        case .csv: "data"
        case .sqlite: "data/warehouse.db"
        case .duckdb: "data/warehouse.duckdb"
        case .files: "data"
        case .http: "https://crm.example/api"
        case .s3: "s3://shop-data/warehouse"
        case .postgres: "postgres://ada:${CRM_PASSWORD}@db.example:5432/crm"
        }
    }
}
