import SlipwayServing

extension Form where Value == ServingConfiguration {
    /// How servers answer: `{ limits: { concurrent_requests: 512 }, cache: { entries: 10000 } }`.
    static var serving: Form {
        let example = "{ limits: { concurrent_requests: 512 }, cache: { entries: 10000 } }"
        return Form(example: example) { node, reader in
            guard
                let fields = reader.fields(
                    of: node, keys: ["limits", "cache", "access_log", "parquet"], expecting: example)
            else {
                return nil
            }
            return ServingConfiguration(
                limits: reader.optional("limits", of: fields, as: .limits) ?? ServingLimits(),
                cache: reader.optional("cache", of: fields, as: .cache),
                accessLog: reader.optional("access_log", of: fields, as: .text(example: "access.log")),
                takesParquet: reader.optional("parquet", of: fields, as: .truth) ?? false)
        }
    }
}

extension Form where Value == PredictionCache.Limits {
    /// How much a cache keeps: `{ entries: 10000, size: 64MB }`.
    fileprivate static var cache: Form {
        let example = "{ entries: 10000, size: 64MB }"
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: ["entries", "size"], expecting: example) else {
                return nil
            }
            var limits = PredictionCache.Limits()
            if let count = reader.optional(
                "entries", of: fields, as: .count(in: 1...100_000_000, example: "10000"))
            {
                limits.entryCountMax = count
            }
            if let size = reader.optional("size", of: fields, as: .byteSize(example: "64MB")) {
                limits.byteCountMax = size
            }
            return limits
        }
    }
}
