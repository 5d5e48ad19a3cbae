import SlipwayMonitoring

extension MetricsText {
    /// Which versions stand in which roles.
    mutating func addRoles(of models: ServedModels) {
        let served = models.all
        family("slipway_role_version", .gauge, "The version in each role: champion, challenger, or shadow.")
        for model in served.flatMap({ [$0] + [$0.challenger?.model].compactMap(\.self) }) {
            sample("slipway_role_version", [("model", model.name), ("role", model.role.rawValue)], model.number)
        }
        family("slipway_canary_stopped", .gauge, "Whether a canary broke its guard and gets no more calls: 1 or 0.")
        for challenger in served.compactMap(\.challenger) where challenger.trial != nil {
            sample("slipway_canary_stopped", [("model", challenger.model.name)], challenger.isStopped ? 1 : 0)
        }
    }
}
