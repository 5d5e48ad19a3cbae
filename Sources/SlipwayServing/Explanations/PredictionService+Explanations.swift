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
        let canary = served.isPinned ? nil : served.challenger.flatMap { $0.trial == nil ? nil : $0.model }
        try await explanations.run { () throws(ServingError) in
            for version in [served] + [canary].compactMap(\.self) {
                _ = try version.explainer.explainer(of: version.model)
            }
        }
        let predicted = try await predictRows(records, with: served, call: call)
        return try await explanations.run { () throws(ServingError) in
            try Self.explained(predicted, reasonCount: reasonCount)
        }
    }

    /// The answers with the strongest reasons of the versions that gave them.
    private static func explained(
        _ predicted: PredictedRows, reasonCount: Int
    ) throws(ServingError) -> [PredictionAnswer] {
        var answers = predicted.answers
        for part in predicted.call.parts {
            let found: [Explanation]
            do {
                found = try part.served.explainer.explainer(of: part.served.model)
                    .explain(part.rows.map { predicted.rows[$0] })
            } catch {
                throw ServingError(error)
            }
            for (row, explanation) in zip(part.rows, found) {
                answers[row].members["explanation"] = .object(
                    explanation.json(strongest: reasonCount, in: part.served.model.signature))
            }
        }
        return answers
    }
}
