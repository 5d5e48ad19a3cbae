extension Report {
    /// The fixture set beside ONNX Runtime, the worst ratio first.
    var fixtureTable: String {
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
}
