import SlipwayData
import SlipwayModel

extension MonitorReport {
    /// The most inputs that the summary names for one kind of trouble.
    private static let namedMax = 3

    /// What is most worth knowing, in plain sentences, the worst first.
    var sentences: [String] {
        guard volume.rows > 0 else { return ["No prediction was logged in this window."] }
        let sentences = logDamage + driftSentences + missingSentences + limitSentences + accuracySentences
        return sentences.isEmpty ? ["Nothing to report."] : sentences
    }

    private var logDamage: [String] {
        let damaged = [("prediction", volume.corruptLines), ("feedback", accuracy.feedback.corruptLines)]
        return damaged.filter { $0.1 > 0 }.map { log, lines in
            "\(CountText.text(lines, "line")) of the \(log) log could not be read, and count for nothing."
        }
    }

    private var driftSentences: [String] {
        let judged = (features + predictions).filter { $0.drift.figure != nil }
        guard !judged.isEmpty else {
            let reason = (features + predictions).lazy.compactMap(\.drift.reason).first ?? "no fields"
            return ["Drift could not be judged: \(reason)."]
        }
        let drifted = driftedFeatures
        var sentences = drifted.prefix(Self.namedMax).enumerated().map { rank, feature in
            "\(feature.name) drifts\(rank == 0 && drifted.count > 1 ? " most" : ""): \(Self.movement(of: feature))."
        }
        if drifted.count > Self.namedMax {
            sentences.append("\(CountText.text(drifted.count - Self.namedMax, "more input")) drift as well.")
        }
        for output in predictions where output.hasDrifted {
            sentences.append("The predictions (\(output.name)) drift: \(Self.movement(of: output)).")
        }
        if sentences.isEmpty { sentences.append("Nothing drifts: \(Self.count(judged.count)) within the limits.") }
        return sentences
    }

    private var missingSentences: [String] {
        func size(_ report: DistributionReport) -> Double { abs(report.missingRateChange.figure?.statistic ?? 0) }
        return features.filter(\.hasMissingChanged).sorted { size($0) > size($1) }
            .prefix(Self.namedMax)
            .compactMap { feature in
                guard let now = feature.missingRate.figure, let change = feature.missingRateChange.figure else {
                    return nil
                }
                return "\(feature.name) is missing in \(FigureText.percent(now)) of rows, "
                    + "\(FigureText.percent(now - change.statistic)) in the baseline."
            }
    }

    private var limitSentences: [String] {
        features.compactMap { feature in
            if let rate = feature.outOfRangeRate.figure, rate > 0 {
                return "\(feature.name) is out of its range in \(FigureText.percent(rate)) of values."
            }
            if let rate = feature.unknownCategoryRate.figure, rate > 0 {
                return "\(feature.name) is of an unknown category in \(FigureText.percent(rate)) of values."
            }
            return nil
        }
    }

    private var accuracySentences: [String] {
        guard let evaluation = accuracy.evaluation.figure else { return [] }
        let labels = CountText.text(accuracy.labels, "known outcome")
        let telling = ["roc_auc", "accuracy", "rmse"].lazy.compactMap { name in
            evaluation[name].number.map { "\(name) is \(FigureText.number($0))" }
        }
        return telling.first.map { ["On \(labels), \($0)."] } ?? []
    }

    private static func movement(of report: DistributionReport) -> String {
        let index = report.drift.figure.map {
            "PSI \(FigureText.number($0.statistic)), limit \(FigureText.number($0.threshold))"
        }
        let median = report.location.figure.map {
            "its median went from \(FigureText.number($0.p50.baseline)) to \(FigureText.number($0.p50.current))"
        }
        return [index, median].compactMap(\.self).joined(separator: "; ")
    }

    private static func count(_ count: Int) -> String {
        "\(CountText.text(count, "distribution")) \(count == 1 ? "is" : "are")"
    }
}
