extension Report {
    /// Files of LightGBM and XGBoost in Slipway beside the library that wrote them.
    var fileTable: String {
        var table = MarkdownTable(headings: [
            "Model, file", "loading", "1 row: Slipway, µs", "its library", "batch: Slipway, rows/s", "its library",
            "largest difference",
        ])
        for comparison in files {
            guard let (own, library) = ContenderKind.files.first(where: { $0.own.rawValue == comparison.own }) else {
                continue
            }
            let (entry, theirs) = (comparison[own], comparison[library])
            let load = entry?.load.map { "\(Figure.number($0.seconds * 1e3)) ms, \(Figure.size($0.residentByteCount))" }
            table.rows.append([
                "\(comparison.name), \(library.title)'s \(own.fileName)", load ?? "",
                entry.map { Figure.number($0.single.median * 1e6) } ?? "",
                theirs.map { Figure.ratio($0.singleRatio) } ?? "",
                entry.map { Figure.number(1 / $0.batch.median) } ?? "",
                theirs.map { Figure.ratio($0.batchRatio) } ?? "",
                theirs?.difference.map(Figure.scientific) ?? "",
            ])
        }
        return """
            ### Files of LightGBM and XGBoost, read as they are

            `slipway model push model.txt` takes these files without a conversion. Their models compute in the numbers \
            of the library that wrote them: double precision for LightGBM, single precision for XGBoost. Ratios: how many \
            times as long as Slipway that library took with the same file. The difference is between the answers of the \
            two over the batch.

            \(table.text)\(reasons(files))
            """
    }
}
