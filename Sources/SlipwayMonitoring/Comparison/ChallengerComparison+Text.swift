import SlipwayData

extension ChallengerComparison {
    /// The comparison for a terminal.
    var lines: [String] {
        let mode = role == .shadow ? "in shadow" : "as canary"
        var table = AlignedTable([
            "Version \(challenger) \(mode)", "champion", "challenger", "difference", "95 %", "p", "",
        ])
        var reasons: [String] = []
        for (name, finding) in [("mean prediction", predictions), ("accuracy", accuracy), ("mean error", error)] {
            switch finding {
            case .found(let report):
                table.add([
                    "  \(name)", FigureText.number(report.champion), FigureText.number(report.challenger),
                    FigureText.number(report.difference),
                    "\(FigureText.number(report.low)) to \(FigureText.number(report.high))",
                    FigureText.pValue(report.pValue), report.isSignificant ? "DIFFERS" : "",
                ])
            case .unavailable(let reason): reasons.append("  No figure for \(name): \(reason).")
            }
        }
        var lines = table.lines.map { String($0.reversed().drop { $0 == " " }.reversed()) } + reasons
        lines.append(
            "  Rows: \(CountText.text(rows.champion)) and \(CountText.text(rows.challenger)); known outcomes: "
                + "\(CountText.text(outcomes.champion)) and \(CountText.text(outcomes.challenger)).")
        if let share = agreement.figure {
            lines.append("  Both predict the same in \(FigureText.percent(share)) of rows.")
        }
        if let brokenGuard { lines.append("  The guard is broken: \(brokenGuard).") }
        return lines
    }
}
