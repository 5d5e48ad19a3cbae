public import SlipwayData
import SlipwayModel

extension PredictionService {
    /// The most rows of one request that are explained.
    public static let explainedRowCountMax = 100
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
        for version in [served] + [canary].compactMap(\.self) {
            try await version.explainer.prepare(until: call.deadline, on: explanations)
        }
        let predicted = try await predictRows(records, with: served, call: call)
        var answers = predicted.answers
        for part in predicted.call.parts {
            let rows = part.rows.map { predicted.rows[$0] }
            // A version is explained by the fields that it reads itself.
            let found = try await part.served.explainer.explain(
                part.served.translation?.rows(rows) ?? rows, until: call.deadline, on: explanations)
            for (row, explanation) in zip(part.rows, found) {
                answers[row].members["explanation"] = .object(
                    explanation.json(
                        strongest: reasonCount, in: part.served.model.signature,
                        hiding: served.binding.hiddenFields(absentIn: records[row])))
            }
        }
        return answers
    }
}
