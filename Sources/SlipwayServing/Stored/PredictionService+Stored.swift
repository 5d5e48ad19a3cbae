package import SlipwayData

extension PredictionService {
    /// The newest stored prediction of a model for a key.
    ///
    /// - Throws: ``ServingError``: `unknownRoute` for a model without stored predictions, `unknownKey`, and
    ///   `featuresUnavailable` where they cannot be read, or are older than they may be.
    package func storedPrediction(
        for key: Value, of served: ServedModel, call: Call, now: Timestamp = .now()
    ) async throws(ServingError) -> StoredPrediction {
        guard let view = served.binding.storedPredictions else {
            throw ServingError(
                .unknownRoute, "\(served.name) has no stored predictions",
                hint: "Name the feature view that holds them in slipway.yaml: predictions: VIEW.")
        }
        do throws(ServingError) {
            let found = try await features.find([key], in: view.name, use: view.use, until: call.deadline)
            let prediction = try Self.prediction(found.first, for: key, in: view, of: served, now: now)
            stored.count(prediction.isStale ? .stale : .found, of: served.name)
            return prediction
        } catch {
            stored.count(error.kind == .unknownKey ? .unknown : .failed, of: served.name)
            throw error
        }
    }

    private static func prediction(
        _ found: FoundFeatures?, for key: Value, in view: StoredPredictionView, of served: ServedModel, now: Timestamp
    ) throws(ServingError) -> StoredPrediction {
        // Stated values are for features; nobody was scored by them.
        if let standIn = found?.standIn, standIn.kind == .default { throw standIn.failure }
        guard let found, let row = found.row else {
            throw ServingError(
                .unknownKey,
                "there is no stored prediction of \(served.name) for \(view.key) \(key.text.prefix(80))",
                hint: "Score it in the next batch, or ask /models/\(served.name)/predict.", field: view.key)
        }
        let age = found.age(by: view.use, at: now)
        let isOld = view.use.ageMax.map { age > $0 } ?? false
        if isOld, view.use.staleness == .refuse {
            throw view.use.refusal(of: "the stored predictions of \(served.name)", in: view.name, age: age)
        }
        return StoredPrediction(row, of: view, isStale: isOld || found.standIn != nil)
    }
}
