import SlipwayData
import SlipwayModel

extension PredictionService {
    /// Predicts rows of cells, from the cache where the same input was answered by the same loaded version before.
    ///
    /// - Throws: ``ServingError`` as ``ServedPredictor/predict(_:until:on:slowSeconds:)`` does.
    func predicted(
        _ rows: [[Value]], with served: ServedModel, until deadline: ContinuousClock.Instant?
    ) async throws(ServingError) -> (batch: PredictionBatch, isCached: Bool) {
        guard let cache, rows.count <= PredictionCache.rowCountMax else {
            return (try await predict(rows, with: served, until: deadline), false)
        }
        let input: CanonicalInput
        do {
            input = CanonicalInput(try served.model.encoded(rows), generation: served.generation)
        } catch {
            throw ServingError(error)
        }
        if let batch = cache.answer(to: input) { return (batch, true) }
        let batch = try await predict(rows, with: served, until: deadline)
        cache.keep(batch, for: input)
        return (batch, false)
    }

    private func predict(
        _ rows: [[Value]], with served: ServedModel, until deadline: ContinuousClock.Instant?
    ) async throws(ServingError) -> PredictionBatch {
        try await served.predictor.predict(
            rows, until: deadline, on: predictions, slowSeconds: limits.slowPredictionTime / .seconds(1))
    }
}
