import SlipwayData
import SlipwayModel

/// Predicts with one served version: on the caller's thread while that is fast, else on threads of a bounded pool.
///
/// What is fast is measured, and measured again with each call; see ``PredictionPace``. On the pool, rows of several
/// callers are predicted together where that is known to be worth it; see ``BatchingRule``.
final class ServedPredictor: Sendable {
    /// The engines whose calls have a cost of their own that a batch shares.
    static let batchingEngines: Set = ["onnxruntime"]

    let pace: PredictionPace
    let batching: BatchingRule
    private let model: Model
    private let lane: WorkLane<[[Value]], PredictionBatch>

    /// Makes the predictor of a loaded model.
    ///
    /// - Parameters:
    ///   - name: The name of the model, for the message to those who are refused.
    ///   - waitingCountMax: The most calls that wait for a thread or are on one.
    init(_ model: Model, name: String, pace: PredictionPace, waitingCountMax: Int) {
        self.model = model
        self.pace = pace
        let cost = pace.cost
        batching =
            Self.batchingEngines.contains(model.predictor.engineName)
            ? BatchingRule(fixed: cost.fixed, perRow: cost.perRow) : BatchingRule(fixed: 0, perRow: 0)
        lane = WorkLane(
            "predictions of \(name)", countMax: waitingCountMax, weightMax: batching.rowCount
        ) { calls in Self.predict(calls, with: model, pace: pace) }
    }

    /// The calls that wait for a thread.
    var waitingCount: Int { lane.waitingCount }

    /// Predicts rows.
    ///
    /// - Parameter slowSeconds: The expected time from which a call goes to the pool, in seconds.
    /// - Throws: ``ServingError``: what predicting throws; on the pool `busy` and `deadlineExceeded` as well.
    func predict(
        _ rows: [[Value]], until deadline: ContinuousClock.Instant?, on pool: WorkPool, slowSeconds: Double
    ) async throws(ServingError) -> PredictionBatch {
        if batching.isOn || pace.expectedSeconds(rows: rows.count) >= slowSeconds {
            return try await lane.run(rows, weight: rows.count, until: deadline, on: pool)
        }
        return try Self.predict(rows, with: model, pace: pace).get()
    }

    private static func predict(
        _ rows: [[Value]], with model: Model, pace: PredictionPace
    ) -> Result<PredictionBatch, ServingError> {
        let begin = ContinuousClock.now
        do {
            let batch = try model.predict(rows: rows)
            pace.observe(rows: rows.count, seconds: (ContinuousClock.now - begin) / .seconds(1))
            return .success(batch)
        } catch {
            return .failure(ServingError(error))
        }
    }

    /// Predicts the rows of several callers together; where that fails, each caller's by themselves.
    private static func predict(
        _ calls: [[[Value]]], with model: Model, pace: PredictionPace
    ) -> [Result<PredictionBatch, ServingError>] {
        let joined = calls.count > 1 ? Array(calls.joined()) : []
        guard calls.count > 1, case .success(let batch) = predict(joined, with: model, pace: pace),
            batch.rowCount == joined.count
        else { return calls.map { predict($0, with: model, pace: pace) } }
        var start = 0
        return calls.map { rows in
            defer { start += rows.count }
            return .success(batch.rows(start..<start + rows.count))
        }
    }
}
