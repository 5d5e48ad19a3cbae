extension Report {
    private static let explaining: [ContenderKind] = [.lightgbmContributions, .xgboostContributions, .shap]

    /// Contributions of fields in Slipway beside the library of the model and shap.
    var explanationTables: String {
        var times = MarkdownTable(
            headings: ["Model", "Slipway, µs/row"] + Self.explaining.map(\.title) + ["all rows: Slipway, µs/row"]
                + Self.explaining.map(\.title))
        var differences = MarkdownTable(headings: ["Model"] + Self.explaining.map(\.title))
        for comparison in explanations {
            let own = ContenderKind(rawValue: comparison.own).flatMap { comparison[$0] }
            let others = Self.explaining.map { comparison[$0] }
            times.rows.append(
                [comparison.title, own.map { Figure.number($0.single.median * 1e6) } ?? ""]
                    + others.map { $0.map { Figure.ratio($0.singleRatio) } ?? "" }
                    + [own.map { Figure.number($0.batch.median * 1e6) } ?? ""]
                    + others.map { $0.map { Figure.ratio($0.batchRatio) } ?? "" })
            differences.rows.append(
                [comparison.title] + others.map { $0?.difference.map(Figure.scientific) ?? "" })
        }
        let rowCount = explanations.map(\.rowCount).max() ?? 0
        return """
            ### Explanations

            What every field adds to the score of a row (the Shapley values of the trees), for \(rowCount) rows: first in \
            one call per row, then in one call for all. The model comes from the library's own file. Ratios as above. For \
            several classes Slipway explains the predicted one, the others explain all.

            \(times.text)
            The largest difference from Slipway over all contributions and expected scores, divided by the larger of the \
            two and 1:

            \(differences.text)\(reasons(explanations))
            """
    }
}
