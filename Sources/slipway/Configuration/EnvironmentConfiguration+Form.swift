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
    /// Where state is kept: `sqlite`, or the URL of a PostgreSQL server.
    static var store: Form {
        let example = "postgres://slipway:${STORE_PASSWORD}@db.example:5432/slipway"
        return Form(example: "sqlite") { node, reader in
            let text = node.text ?? ""
            if text == "sqlite" { return .sqlite }
            guard ["postgres://", "postgresql://", "${"].contains(where: text.hasPrefix) else {
                reader.report("\(node.kindName) is not a store; write sqlite, or \(example)", at: node)
                return nil
            }
            return Form<TextReference>.reference(example: example).read(node, &reader).map { .postgres($0) }
        }
    }
}
