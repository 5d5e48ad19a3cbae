extension Form where Value == TrainingConfiguration {
    /// A training: `{ command: [python3, train.py], data: customers_history }`.
    ///
    /// The rows are named in one of three ways: `data: TABLE`, `query: SELECT …`, both with `from: SOURCE` unless the
    /// model's feature view has the same source; or all in one place, `data: { from: SOURCE, query: SELECT … }`. With
    /// `as_of` and `join` beside them, each row is joined with what was known at its own time.
    ///
    /// - Parameters:
    ///   - hasFeatures: Whether the model names a feature view, right or wrong.
    ///   - viewSource: The source of that view, from which rows come unless `from` is given.
    static func training(
        of model: String, hasFeatures: Bool, viewSource: String?, sources: [String], views: DeclaredViews
    ) -> Form {
        let example = "{ command: [python3, train.py], data: customers_history }"
        let keys = ["command"] + ConfigurationReader.rowsKeys + ["timeout", "held_out", "schedule"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let command = reader.required(
                "command", of: fields,
                as: .list(of: .text(example: "python3"), example: "[python3, train.py]"))
            let selection = reader.rows(
                of: fields, defaultSource: viewSource, isSourceOptional: hasFeatures, sources: sources, views: views)
            let timeout = reader.optional("timeout", of: fields, as: .duration(example: "10m"))
            let heldOut = reader.optional("held_out", of: fields, as: .number(in: 0.01...0.9, example: "0.2"))
            let schedule = reader.optional("schedule", of: fields, as: .cron)
            guard let command, let rows = selection.rows, let source = selection.source ?? viewSource else {
                return nil
            }
            return TrainingConfiguration(
                command: command, source: source, rows: rows, pointInTime: selection.pointInTime,
                timeout: timeout ?? TrainingConfiguration.timeoutDefault,
                heldOutShare: heldOut ?? TrainingConfiguration.heldOutShareDefault, schedule: schedule)
        }
    }
}
