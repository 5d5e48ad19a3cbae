extension Report {
    /// What was counted for a row, for every contender.
    var eventTable: String {
        var table = MarkdownTable(
            headings: [
                "Model, library", "instructions", "branch misses", "cache misses", "batch: instructions",
                "branch misses", "cache misses",
            ])
        for subject in subjects {
            for kind in ContenderKind.predicting {
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

    /// What limits Slipway, model by model, in words made from the figures.
    var limits: String {
        let lines = subjects.compactMap { subject -> String? in
            guard let own = subject[.slipway], let events = own.events else { return nil }
            let one = Limit(work: subject.work, events: events.single, seconds: own.single.median)
            let batch = Limit(work: subject.work, events: events.batch, seconds: own.batch.median)
            return "- **\(subject.title)**. One row: \(one.words) In a batch: \(batch.words)\n"
        }
        return """
            ### What limits each row

            Slipway's counts divided by what the model asks for, and what they say of the measured time, where a branch \
            that was not foreseen is taken to cost \(Figure.number(Limit.branchMissNanoseconds)) ns and a read from memory \
            \(Figure.number(Limit.memoryReadNanoseconds)) ns.

            \(lines.joined())
            """
    }
}
