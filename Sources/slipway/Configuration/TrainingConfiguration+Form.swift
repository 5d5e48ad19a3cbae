extension Form where Value == TrainingConfiguration {
    /// A training: `{ command: [python3, train.py], data: customers_history }`.
    ///
    /// The rows are named in one of three ways: `data: TABLE`, `query: SELECT …`, both with `from: SOURCE` unless the
    /// model's feature view has the same source; or all in one place, `data: { from: SOURCE, query: SELECT … }`.
    ///
    /// - Parameters:
    ///   - hasFeatures: Whether the model names a feature view, right or wrong.
    ///   - viewSource: The source of that view, from which rows come unless `from` is given.
    static func training(
        of model: String, hasFeatures: Bool, viewSource: String?, sources: [String]
    ) -> Form {
        let example = "{ command: [python3, train.py], data: customers_history }"
        let keys = ["command", "from", "data", "query", "timeout", "held_out", "schedule"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let command = reader.required(
                "command", of: fields,
                as: .list(of: .text(example: "python3"), example: "[python3, train.py]"))
            let selection = reader.trainingRows(of: fields, hasViewSource: hasFeatures, sources: sources)
            let timeout = reader.optional("timeout", of: fields, as: .duration(example: "10m"))
            let heldOut = reader.optional("held_out", of: fields, as: .number(in: 0.01...0.9, example: "0.2"))
            let schedule = reader.optional("schedule", of: fields, as: .cron)
            if schedule != nil, let entry = fields["schedule"] {
                reader.notice("schedules do not run by themselves yet; run slipway retrain \(model)", at: entry.value)
            }
            guard let command, let rows = selection.rows, let source = selection.source ?? viewSource else {
                return nil
            }
            return TrainingConfiguration(
                command: command, source: source, rows: rows,
                timeout: timeout ?? TrainingConfiguration.timeoutDefault,
                heldOutShare: heldOut ?? TrainingConfiguration.heldOutShareDefault, schedule: schedule)
        }
    }
}

extension ConfigurationReader {
    /// The rows that exactly one of `data` and `query` names, and their source where one is given.
    fileprivate mutating func trainingRows(
        of fields: Fields, hasViewSource: Bool, sources: [String]
    ) -> (source: String?, rows: TrainingConfiguration.Rows?) {
        if let data = fields["data"], case .mapping = data.value.content {
            for key in ["from", "query"] {
                if let entry = fields[key] { report("'data' says this already; keep one of them", atKey: entry) }
            }
            let example = "{ from: SOURCE, query: select * from customers }"
            guard let inner = self.fields(of: data.value, keys: ["from", "query"], expecting: example) else {
                return (nil, nil)
            }
            let source = source(of: inner, isOptional: hasViewSource, sources: sources)
            return (source, required("query", of: inner, as: .query).map(TrainingConfiguration.Rows.query))
        }
        let source = source(of: fields, isOptional: hasViewSource, sources: sources)
        if let entry = fields["query"], fields["data"] != nil {
            report("'data' says which rows to take already; keep one of them", atKey: entry)
        }
        if fields["query"] != nil {
            return (source, optional("query", of: fields, as: .query).map(TrainingConfiguration.Rows.query))
        }
        return (source, required("data", of: fields, as: .tableName).map(TrainingConfiguration.Rows.table))
    }

    private mutating func source(of fields: Fields, isOptional: Bool, sources: [String]) -> String? {
        let form = Form<String>.reference(to: "source", among: sources)
        return isOptional ? optional("from", of: fields, as: form) : required("from", of: fields, as: form)
    }
}

extension Form where Value == String {
    /// A query for training rows.
    fileprivate static var query: Form { .text(example: "select * from customers_history") }

    /// The name of a table or view, with its schema where it has one.
    fileprivate static var tableName: Form {
        Form("the name of a table", example: "customers_history") { text in
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let isName = parts.count <= 2 && parts.allSatisfy { TextReference.isVariableName($0) }
            return isName ? text : nil
        }
    }
}
