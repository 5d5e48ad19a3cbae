import SlipwayMonitoring

extension MetricsText {
    /// Which versions stand in which roles, and what each role was asked.
    mutating func add(_ roles: RoleStatistics, of models: ServedModels) {
        let served = models.all
        family("slipway_role_version", .gauge, "The version in each role: champion, challenger, or shadow.")
        for model in served.flatMap({ [$0] + [$0.challenger?.model].compactMap(\.self) }) {
            sample("slipway_role_version", [("model", model.name), ("role", model.role.rawValue)], model.number)
        }
        family("slipway_canary_stopped", .gauge, "Whether a canary broke its guard and gets no more calls: 1 or 0.")
        for challenger in served.compactMap(\.challenger) where challenger.trial != nil {
            sample("slipway_canary_stopped", [("model", challenger.model.name)], challenger.isStopped ? 1 : 0)
        }
        let figures = roles.all
        for (name, help, value) in [
            ("slipway_role_calls_total", "Calls predicted and logged, by role.", \RoleStatistics.Figures.callCount),
            ("slipway_role_failures_total", "Calls that the model failed on, by role.", \.failureCount),
            ("slipway_role_rows_total", "Rows predicted and logged, by role.", \.rowCount),
            ("slipway_role_cached_total", "Calls answered from the cache, by role.", \.cachedCount),
            ("slipway_role_dropped_total", "Calls that a shadow was not shown under pressure.", \.droppedCount),
        ] {
            family(name, .counter, help)
            for (key, figures) in figures {
                sample(name, [("model", key.model), ("role", key.role.rawValue)], figures[keyPath: value])
            }
        }
    }
}
