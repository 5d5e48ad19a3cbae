import SlipwayData
import SlipwayModel

extension Monitor {
    /// What the known outcomes say of the judged version's predictions.
    func accuracyReport(_ outcomes: JoinedOutcomes?) -> LiveAccuracyReport {
        let rows = (outcomes?.rows ?? []).filter { version == nil || $0.version == version }
        let evaluation = evaluation(of: rows)
        return LiveAccuracyReport(
            labels: rows.count,
            coverage: judgedRowCount > 0
                ? .found(Double(rows.count) / Double(judgedRowCount)) : .unavailable(reason: "no rows"),
            evaluation: evaluation,
            calibration: evaluation.reason.map { .unavailable(reason: $0) } ?? calibration(of: rows),
            feedback: outcomes?.counts ?? OutcomeCounts())
    }

    private func evaluation(of rows: [JoinedOutcome]) -> Finding<Evaluation> {
        guard signature.task.kind != .other else {
            return .unavailable(reason: "no metric applies to a model of this kind")
        }
        guard !rows.isEmpty else { return .unavailable(reason: "no labels") }
        guard rows.count >= Self.labelCountMin else {
            return .unavailable(reason: "too few labels: \(rows.count) of at least \(Self.labelCountMin)")
        }
        let task = signature.task
        let scores = rows.compactMap { $0.scores(for: task) }
        return .found(
            Evaluation(
                task: task, predictions: rows.map { $0.prediction(for: task) ?? .missing },
                scores: task.kind != .regression && scores.count == rows.count ? scores : nil,
                actual: rows.map(\.actual)))
    }

    private func calibration(of rows: [JoinedOutcome]) -> Finding<CalibrationCurve> {
        let task = signature.task
        guard task.kind == .binary, task.classes.count == 2 else {
            return .unavailable(reason: "calibration is for models of two classes")
        }
        let positive = task.positiveIndex ?? 1
        var isPositive: [Bool] = []
        var probabilities: [Double] = []
        for row in rows {
            guard let scores = row.scores(for: task), scores.count == 2,
                let actual = task.classIndex(of: row.actual)
            else { continue }
            isPositive.append(actual == positive)
            probabilities.append(scores[positive])
        }
        guard probabilities.allSatisfy((0...1).contains) else {
            return .unavailable(reason: "the scores are not probabilities between 0 and 1")
        }
        guard probabilities.count >= Self.labelCountMin else {
            return .unavailable(
                reason: "too few labels with a probability: \(probabilities.count) of at least \(Self.labelCountMin)")
        }
        return .found(CalibrationCurve(isPositive: isPositive, probabilities: probabilities))
    }
}
