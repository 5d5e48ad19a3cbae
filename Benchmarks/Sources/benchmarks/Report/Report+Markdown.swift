extension Report {
    /// The report as Markdown, to be read in a terminal and in `docs/performance.md` alike.
    var markdown: String {
        var parts = [machineText]
        if !subjects.isEmpty {
            parts += [singleTable, batchTable, loadTable, differenceTable]
            if subjects.contains(where: { $0.entries.values.contains { $0.events != nil } }) {
                parts.append(eventTable)
            }
        }
        if !fixtures.isEmpty { parts.append(fixtureTable) }
        return parts.joined(separator: "\n")
    }

    private static let others = ContenderKind.allCases.filter { $0 != .slipway }

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
        return "### \(heading)\n\n\(note)\n\n\(table.text)\(reasons)"
    }

    /// Why cells are empty, each reason once.
    private var reasons: String {
        var lines: [String] = []
        for subject in subjects {
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
        var table = MarkdownTable(headings: ["Model"] + ContenderKind.allCases.map(\.title))
        for subject in subjects {
            let cells = ContenderKind.allCases.map { kind in
                guard let load = subject[kind]?.load else { return "" }
                let share = Double(load.residentByteCount) / Double(max(load.fileByteCount, 1))
                return "\(Figure.number(load.seconds * 1e3)) ms, \(Figure.size(load.residentByteCount)), "
                    + "\(Figure.number(share))x"
            }
            table.rows.append([subject.title] + cells)
        }
        return """
            ### Loading

            From the file to the first answer, in a fresh process with the library already open: time, the memory that \
            stays, and that memory divided by the size of the file that the library reads.

            \(table.text)
            """
    }

    private var differenceTable: String {
        var table = MarkdownTable(headings: ["Model"] + Self.others.map(\.title))
        for subject in subjects {
            let cells = Self.others.map { subject[$0]?.difference.map(Self.scientific) ?? "" }
            table.rows.append([subject.title] + cells)
        }
        return """
            ### Answers

            The largest difference from Slipway's answer over the batch, divided by the larger of the two and 1.

            \(table.text)
            """
    }

    private var eventTable: String {
        var table = MarkdownTable(
            headings: [
                "Model, library", "instructions", "branch misses", "cache misses", "batch: instructions",
                "branch misses", "cache misses",
            ])
        for subject in subjects {
            for kind in ContenderKind.allCases {
                guard let events = subject[kind]?.events else { continue }
                let cells = [events.single, events.batch].flatMap {
                    [$0.instructions, $0.branchMisses, $0.cacheMisses].map(Figure.number)
                }
                table.rows.append(["\(subject.name), \(kind.title)"] + cells)
            }
        }
        let tool =
            counter == EventCounter.perf.rawValue
            ? "as the processor counted them (perf)"
            : "as Valgrind's callgrind executed them, with simulated caches and branch predictor"
        return """
            ### What a row costs, counted

            Per row, \(tool): first in one call per row, then in one call for \(EventCounter.rowCount) rows.

            \(table.text)
            """
    }

    private var fixtureTable: String {
        var table = MarkdownTable(
            headings: ["Model", "1 row: Slipway, µs", "ONNX Runtime", "1,000 rows: Slipway, µs/row", "ONNX Runtime"])
        var pairs: [(name: String, own: Comparison.Entry, theirs: Comparison.Entry, worst: Double)] = []
        var absent = ""
        for fixture in fixtures {
            if let own = fixture[.slipway], let theirs = fixture[.onnxruntime] {
                let worst = min(theirs.singleRatio.median, theirs.batchRatio.median)
                pairs.append((fixture.name, own, theirs, worst))
            } else {
                let reasons = fixture.reasons.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.prefix(160))" }
                absent += "- \(fixture.name): \(reasons.joined(separator: "; "))\n"
            }
        }
        for (name, own, theirs, _) in pairs.sorted(by: { $0.worst < $1.worst }) {
            table.rows.append([
                name, Figure.number(own.single.median * 1e6), Figure.ratio(theirs.singleRatio),
                Figure.number(own.batch.median * 1e6), Figure.ratio(theirs.batchRatio),
            ])
        }
        return """
            ### The fixture set

            The models of `Tests/Fixtures/engines`, the worst ratio first: \(pairs.count { $0.worst < 1 }) of \
            \(pairs.count) are slower than ONNX Runtime in one of the two columns.

            \(table.text)\(absent.isEmpty ? "" : "\nNot compared, for not both answer 1 and 1,000 rows:\n\n\(absent)")
            """
    }

    private static func scientific(_ value: Double) -> String {
        if value == 0 { return "0" }
        let exponent = value.isFinite ? Int(value.exponent10) : 0
        return value.isFinite ? "\(Figure.number(value / power(exponent)))e\(exponent)" : "–"
    }

    private static func power(_ exponent: Int) -> Double {
        (0..<abs(exponent)).reduce(1.0) { product, _ in exponent < 0 ? product / 10 : product * 10 }
    }
}

extension Double {
    /// The exponent of the power of ten at or below the number's magnitude.
    fileprivate var exponent10: Int {
        var (exponent, rest) = (0, magnitude)
        while rest >= 10 { (exponent, rest) = (exponent + 1, rest / 10) }
        while rest < 1 { (exponent, rest) = (exponent - 1, rest * 10) }
        return exponent
    }
}
