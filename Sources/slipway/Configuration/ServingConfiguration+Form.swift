extension Form where Value == ServingConfiguration {
    /// How models are served: `{ limits: { concurrent_requests: 512 } }`.
    static var serving: Form {
        let example = "{ limits: { concurrent_requests: 512 } }"
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: ["limits"], expecting: example) else { return nil }
            var serving = ServingConfiguration()
            if let limits = reader.optional("limits", of: fields, as: .limits) { serving.limits = limits }
            return serving
        }
    }
}
