extension Report {
    /// The report as Markdown, to be read in a terminal and in `docs/performance.md` alike.
    var markdown: String {
        var parts = [machineText]
        if !subjects.isEmpty {
            parts += [singleTable, batchTable, loadTable, differenceTable]
            if !files.isEmpty { parts.append(fileTable) }
            if !explanations.isEmpty { parts.append(explanationTables) }
            if subjects.contains(where: { $0.entries.values.contains { $0.events != nil } }) {
                parts += [eventTable, limits]
            }
        }
        if !fixtures.isEmpty { parts.append(fixtureTable) }
        return parts.joined(separator: "\n")
    }

    private static let others = ContenderKind.predicting.filter { $0 != .slipway }

    private var machineText: String {
        """
        Measured on \(machine.day) at revision \(machine.revision) on \(machine.processor), \(machine.system), with \
        \(machine.versionLine). Load average at the start: \(Figure.number(machine.loadAverage)). Rounds: \(rounds).

        """
    }

    private var singleTable: String {
        ratios(
            "One row at a time",
            "Each call gets another row. Other libraries: how many times as long as Slipway they took, as median "
                + "(smallest..largest) over the rounds; above 1, Slipway was faster.",
            own: "Slipway, µs/row", value: { Figure.number($0.single.median * 1e6) }, ratio: \.singleRatio)
    }

    private var batchTable: String {
        ratios(
            "A batch in one call, on one thread",
            "Batches of \(Figure.number(Double(subjects.map(\.rowCount).max() ?? 0))) rows; ratios as above.",
            own: "Slipway, rows/s", value: { Figure.number(1 / $0.batch.median) }, ratio: \.batchRatio)
    }

    private func ratios(
        _ heading: String, _ note: String, own: String, value: (Comparison.Entry) -> String,
        ratio: KeyPath<Comparison.Entry, Spread>
    ) -> String {
        var table = MarkdownTable(headings: ["Model", own] + Self.others.map(\.title))
        for subject in subjects {
            let ratios = Self.others.map { kind in subject[kind].map { Figure.ratio($0[keyPath: ratio]) } ?? "" }
            table.rows.append([subject.title, subject[.slipway].map(value) ?? ""] + ratios)
        }
        return "### \(heading)\n\n\(note)\n\n\(table.text)\(reasons(subjects))"
    }

    /// Why cells are empty, each reason once.
    func reasons(_ comparisons: [Comparison]) -> String {
        var lines: [String] = []
        for subject in comparisons {
            for kind in ContenderKind.allCases {
                guard let reason = subject.reasons[kind.rawValue], !reason.hasSuffix("no form of this model") else {
                    continue
                }
                lines.append("- \(subject.title), \(kind.title): \(reason)\n")
            }
        }
        let general = "\nA cell is empty where the library has no form of the model"
        return general + (lines.isEmpty ? ".\n" : ", and:\n\n" + lines.joined())
    }

    private var loadTable: String {
        """
        ### Loading

        From the file to the first answer, in a fresh process with the library already open: time, and the memory that \
        the process gains, with all the code that is touched for the first time.

        \(loads { "\(Figure.number($0.seconds * 1e3)) ms, \(Figure.size($0.residentByteCount))" })

        What one more copy of the model holds, and that memory divided by the size of the file that the library reads:

        \(loads { load in
            let share = Double(load.copyByteCount) / Double(max(load.fileByteCount, 1))
            return "\(Figure.size(load.copyByteCount)), \(Figure.number(share))x"
        })
        """
    }

    private func loads(_ text: (LoadCost) -> String) -> String {
        var table = MarkdownTable(headings: ["Model"] + ContenderKind.predicting.map(\.title))
        for subject in subjects {
            table.rows.append(
                [subject.title] + ContenderKind.predicting.map { subject[$0]?.load.map(text) ?? "" })
        }
        return table.text
    }

    private var differenceTable: String {
        var table = MarkdownTable(headings: ["Model"] + Self.others.map(\.title))
        for subject in subjects {
            let cells = Self.others.map { subject[$0]?.difference.map(Figure.scientific) ?? "" }
            table.rows.append([subject.title] + cells)
        }
        return """
            ### Answers

            The largest difference from Slipway's answer over the batch, divided by the larger of the two and 1.

            \(table.text)
            """
    }
}
