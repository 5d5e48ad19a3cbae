extension Form where Value == TrainingConfiguration {
    /// A training: `{ command: [python3, train.py], data: customers_history }`.
    ///
    /// - Parameters:
    ///   - hasFeatures: Whether the model names a feature view, right or wrong.
    ///   - viewSource: The source of that view, from which rows come unless `from` is given.
    static func training(
        of model: String, hasFeatures: Bool, viewSource: String?, sources: DeclaredSources
    ) -> Form {
        let example = "{ command: [python3, train.py], data: customers_history }"
        let keys = ["command", "from", "data", "query", "timeout", "held_out", "schedule"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let command = reader.required(
                "command", of: fields,
                as: .list(of: .text(example: "python3"), example: "[python3, train.py]"))
            let sourceForm = Form<String>.reference(to: "source", among: sources.names)
            let source =
                hasFeatures
                ? reader.optional("from", of: fields, as: sourceForm)
                : reader.required("from", of: fields, as: sourceForm)
            let rows = reader.trainingRows(of: fields, isOptional: (source ?? viewSource).map(sources.isCSV) ?? true)
            let timeout = reader.optional("timeout", of: fields, as: .duration(example: "10m"))
            let heldOut = reader.optional("held_out", of: fields, as: .number(in: 0.01...0.9, example: "0.2"))
            let schedule = reader.optional("schedule", of: fields, as: .cron)
            if schedule != nil, let entry = fields["schedule"] {
                reader.notice("schedules do not run by themselves yet; run slipway retrain \(model)", at: entry.value)
            }
            guard let command, let rows, let source = source ?? viewSource else { return nil }
            return TrainingConfiguration(
                command: command, source: source, rows: rows,
                timeout: timeout ?? TrainingConfiguration.timeoutDefault,
                heldOutShare: heldOut ?? TrainingConfiguration.heldOutShareDefault, schedule: schedule)
        }
    }
}

extension ConfigurationReader {
    /// The rows that exactly one of `data` and `query` names.
    fileprivate mutating func trainingRows(of fields: Fields, isOptional: Bool) -> TrainingConfiguration.Rows? {
        let table = optional("data", of: fields, as: .tableName)
        let query = optional("query", of: fields, as: .text(example: "select * from customers_history"))
        switch (fields["data"], fields["query"]) {
        case (_?, let entry?):
            report("'data' and 'query' both say which rows to take; keep one of them", atKey: entry)
            return nil
        case (nil, nil):
            if isOptional { return .all }
            report("the rows to learn from are missing; write data: TABLE or query: SELECT …", at: fields.node)
            return nil
        case (_?, nil): return table.map(TrainingConfiguration.Rows.table)
        case (nil, _?): return query.map(TrainingConfiguration.Rows.query)
        }
    }
}

extension Form where Value == String {
    /// The name of a table or view, with its schema where it has one.
    static var tableName: Form {
        Form("the name of a table", example: "customers_history") { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let isName = parts.count <= 2 && parts.allSatisfy { TextReference.isVariableName($0) }
            return isName ? text : nil
        }
    }
}
