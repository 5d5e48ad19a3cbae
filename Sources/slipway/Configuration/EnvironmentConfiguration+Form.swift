extension Form where Value == EnvironmentConfiguration {
    /// An environment: `{ store: sqlite, log: { retention: 30d } }`.
    static func environment(named name: String) -> Form {
        Form(example: "{ store: sqlite }") { node, reader in
            guard let fields = reader.fields(of: node, keys: ["store", "log"], expecting: "{ store: sqlite }") else {
                return nil
            }
            let log = reader.optional("log", of: fields, as: .log) ?? LogConfiguration()
            return reader.required("store", of: fields, as: .store).map {
                EnvironmentConfiguration(name: name, store: $0, log: log)
            }
        }
    }
}

extension Form where Value == EnvironmentConfiguration.Store {
    /// The kind of a store; PostgreSQL is known by name and refused.
    static var store: Form {
        Form(example: "sqlite") { node, reader in
            let text = node.text ?? ""
            if let store = EnvironmentConfiguration.Store(rawValue: text) { return store }
            let isPostgres = text.lowercased().hasPrefix("postgres")
            reader.report(
                isPostgres
                    ? "this version keeps its state in SQLite, not yet in PostgreSQL; write sqlite"
                    : "\(node.kindName) is not a store; write sqlite", at: node)
            return nil
        }
    }
}
