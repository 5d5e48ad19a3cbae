extension MetricsText {
    /// What the cache holds and how it was used.
    mutating func add(_ cache: PredictionCache.Figures) {
        for (name, kind, help, value) in [
            ("slipway_cache_hits_total", Kind.counter, "Calls answered from the cache.", cache.hitCount),
            ("slipway_cache_misses_total", .counter, "Calls that the cache had no answer for.", cache.missCount),
            ("slipway_cache_evictions_total", .counter, "Answers that made room for others.", cache.evictionCount),
            ("slipway_cache_entries", .gauge, "Answers that the cache keeps.", cache.entryCount),
            ("slipway_cache_bytes", .gauge, "Bytes that they take, by estimate.", cache.byteCount),
        ] {
            family(name, kind, help)
            sample(name, [], value)
        }
    }
}
