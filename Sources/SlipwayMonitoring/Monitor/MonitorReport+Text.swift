import SlipwayData
import SlipwayModel

extension MonitorReport {
    /// The report for a terminal, under a hundred columns wide where names are short.
    public var text: String {
        let parts = [
            heading, summary, figures, table("Input", features), table("Output", predictions), outcomes,
            comparison?.lines ?? [],
        ]
        return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private var heading: [String] {
        let scope = version.map { ", predictions of version \($0)" } ?? ""
        guard let first = volume.first, let last = volume.last else {
            let start = window.start == .earliest ? "" : " since \(window.start)"
            let end = window.end == .latest ? "" : " until \(window.end)"
            return ["\(model)\(scope): no predictions\(start)\(end)"]
        }
        let start = window.start == .earliest ? first : window.start
        let end = window.end == .latest ? last : window.end
        return ["\(model)\(scope): \(start) to \(end)"]
    }

    private var figures: [String] {
        var lines = ["Volume   \(volumeText)"]
        switch latency {
        case .found(let latency):
            let named = [
                ("p50", latency.p50), ("p90", latency.p90), ("p95", latency.p95), ("p99", latency.p99),
                ("max", latency.maximum),
            ]
            let texts = named.map { "\($0.0) \(FigureText.duration(microseconds: $0.1))" }
            lines.append("Latency  \(texts.joined(separator: ", "))")
        case .unavailable(let reason):
            lines.append("Latency  \(reason)")
        }
        return lines
    }

    private var volumeText: String {
        var parts = [CountText.text(volume.requests, "request"), CountText.text(volume.rows, "row")]
        parts += volume.versions.map { "version \($0.version): \(CountText.text($0.rows))" }
        if volume.shadowRows > 0 { parts.append("shadow: \(CountText.text(volume.shadowRows))") }
        if volume.tornLines > 0 { parts.append(CountText.text(volume.tornLines, "torn line")) }
        if volume.corruptLines > 0 { parts.append(CountText.text(volume.corruptLines, "corrupt line")) }
        return parts.joined(separator: ", ")
    }

    private func table(_ heading: String, _ reports: [DistributionReport]) -> [String] {
        guard !reports.isEmpty else { return [] }
        var table = AlignedTable([heading, "missing", "range", "unknown", "PSI", "test", "p", "median", "was", ""])
        for report in reports {
            let test = report.significance.figure
            table.add([
                report.name, cell(report.missingRate, FigureText.percent),
                cell(report.outOfRangeRate, FigureText.percent), cell(report.unknownCategoryRate, FigureText.percent),
                cell(report.drift) { FigureText.fixed($0.statistic) },
                test.map(Self.named) ?? "-",
                test?.pValue.map(FigureText.pValue) ?? "-",
                cell(report.location) { FigureText.number($0.p50.current) },
                cell(report.location) { FigureText.number($0.p50.baseline) },
                report.hasDrifted ? "DRIFT" : report.hasMissingChanged ? "MISSING" : "",
            ])
        }
        return table.lines.map(Self.trimmed) + notes(on: reports)
    }

    /// Why figures are absent, once per reason.
    private func notes(on reports: [DistributionReport]) -> [String] {
        var names: [(reason: String, fields: [String])] = []
        for report in reports {
            guard let reason = report.drift.reason else { continue }
            if let index = names.firstIndex(where: { $0.reason == reason }) {
                names[index].fields.append(report.name)
            } else {
                names.append((reason, [report.name]))
            }
        }
        return names.map { note in
            let isAll = note.fields.count == reports.count && reports.count > 1
            let fields = isAll ? "all" : note.fields.joined(separator: ", ")
            return "No drift figure for \(fields): \(note.reason)."
        }
    }

    private var outcomes: [String] {
        let coverage = accuracy.coverage.figure.map { " (\(FigureText.percent($0)) of rows)" } ?? ""
        var lines = ["Outcomes  \(CountText.text(accuracy.labels, "label"))\(coverage)\(feedbackText)"]
        switch accuracy.evaluation {
        case .unavailable(let reason):
            lines.append("Accuracy  \(reason)")
        case .found(let evaluation):
            var table = AlignedTable(["Accuracy", ""])
            for (name, value) in evaluation.metrics.sorted(by: { $0.key < $1.key }) {
                table.add(["  \(name)", value.number.map(FigureText.fixed) ?? value.reason ?? "-"])
            }
            lines += table.lines.map(Self.trimmed)
            if evaluation.skippedCount > 0 {
                lines.append("  \(CountText.text(evaluation.skippedCount, "label")) could not be used")
            }
        }
        if case .found(let curve) = accuracy.calibration { lines += calibrationLines(curve) }
        return lines
    }

    private var feedbackText: String {
        let counts = accuracy.feedback
        let named = [
            ("repeated", counts.repeated), ("contradictory", counts.contradictory), ("unmatched", counts.unmatched),
            ("for other windows", counts.outsideWindow), ("left out", counts.leftOut),
        ]
        let damaged = [("torn line", counts.tornLines), ("corrupt line", counts.corruptLines)]
        return named.filter { $0.1 > 0 }.map { ", \(CountText.text($0.1)) \($0.0)" }.joined()
            + damaged.filter { $0.1 > 0 }.map { ", \(CountText.text($0.1, $0.0))" }.joined()
    }

    private func calibrationLines(_ curve: CalibrationCurve) -> [String] {
        var table = AlignedTable(["Calibration", "rows", "predicted", "came true"])
        for (index, bin) in curve.bins.enumerated() {
            table.add([
                "  \(index + 1)", String(bin.count), FigureText.percent(bin.meanProbability),
                FigureText.percent(bin.positiveShare),
            ])
        }
        return table.lines
    }

    private static func named(_ score: DriftScore) -> String {
        score.test == KolmogorovSmirnovTest.name
            ? "KS \(FigureText.fixed(score.statistic))" : "chi2 \(FigureText.number(score.statistic))"
    }

    private static func trimmed(_ line: String) -> String {
        String(line.reversed().drop { $0 == " " }.reversed())
    }

    private func cell<Figure>(_ finding: Finding<Figure>, _ show: (Figure) -> String) -> String {
        finding.figure.map(show) ?? "-"
    }
}
