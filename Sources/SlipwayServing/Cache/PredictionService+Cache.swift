import SlipwayData
import SlipwayModel

extension PredictionService {
    /// Predicts rows of cells, from the cache where the same input was answered by the same loaded version before.
    func predicted(
        _ rows: [[Value]], with served: ServedModel
    ) throws(ModelError) -> (batch: PredictionBatch, isCached: Bool) {
        guard let cache, rows.count <= PredictionCache.rowCountMax else {
            return (try served.model.predict(rows: rows), false)
        }
        let input = CanonicalInput(try served.model.encoded(rows), generation: served.generation)
        if let batch = cache.answer(to: input) { return (batch, true) }
        let batch = try served.model.predict(rows: rows)
        cache.keep(batch, for: input)
        return (batch, false)
    }
}
