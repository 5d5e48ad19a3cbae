public import SlipwayData
import SlipwayModel

extension PredictionService {
    /// The most rows of one request that are explained.
    public static let explainedRowCountMax = 100
    /// The most requests that wait for an explanation or are being explained, unless a service is made with another
    /// number.
    public static let waitingExplanationCountMax = 256
    /// The most reasons that are given for one prediction.
    public static let reasonCountMax = 100

    /// Predicts records as ``predict(_:with:call:)`` does, and gives the strongest reasons for each answer.
    ///
    /// Whether the model can be explained is found out before anything is predicted and logged.
    ///
    /// - Parameter reasonCount: How many reasons to give, from 1 to ``reasonCountMax``.
    /// - Throws: ``ServingError``: beside what predicting throws, kind `notExplainable` for a model that has nothing to
    ///   compare with, and `busy` when too many requests wait for explanations.
    public func predict(
        _ records: [JSONObject], with served: ServedModel, reasonCount: Int, call: Call
    ) async throws(ServingError) -> [PredictionAnswer] {
        guard records.count <= Self.explainedRowCountMax else {
            throw ServingError(
                .tooLarge, "\(records.count) records are more than the \(Self.explainedRowCountMax) that are explained",
                hint: "Send fewer records, or use slipway score --explain.")
        }
        let model = served.model
        let explainer = try await explanations.run { () throws(ServingError) in
            try served.explainer.explainer(of: model)
        }
        let predicted = try await predictRows(records, with: served, call: call)
        let found = try await explanations.run { () throws(ServingError) in
            do {
                return try explainer.explain(predicted.rows)
            } catch {
                throw ServingError(error)
            }
        }
        return zip(predicted.answers, found).map { answer, explanation in
            var answer = answer
            answer.members["explanation"] = .object(
                explanation.json(strongest: reasonCount, in: model.signature))
            return answer
        }
    }
}
