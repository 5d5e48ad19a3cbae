extension ConfigurationReader {
    /// The keys that name rows.
    static let rowsKeys = ["from", "data", "query", "as_of", "join"]

    /// The rows that exactly one of `data` and `query` names, their source where one is given, and what is joined.
    ///
    /// - Parameters:
    ///   - defaultSource: The source where none is given.
    ///   - isSourceOptional: Whether none need be given, right or wrong as the default may be.
    mutating func rows(
        of fields: Fields, defaultSource: String? = nil, isSourceOptional: Bool = false, sources: [String],
        views: DeclaredViews
    ) -> RowsSelection {
        if let data = fields["data"], case .mapping = data.value.content {
            let keys = Self.rowsKeys.filter { $0 != "data" }
            for key in keys {
                if let entry = fields[key] { report("'data' says this already; keep one of them", atKey: entry) }
            }
            let example = "{ from: SOURCE, query: select * from customers }"
            guard let inner = self.fields(of: data.value, keys: keys, expecting: example) else {
                return RowsSelection()
            }
            let source = source(of: inner, isOptional: isSourceOptional, sources: sources)
            return RowsSelection(
                source: source, rows: required("query", of: inner, as: .query).map(TrainingConfiguration.Rows.query),
                pointInTime: pointInTime(
                    of: inner, source: source ?? defaultSource, sources: sources, views: views))
        }
        let source = source(of: fields, isOptional: isSourceOptional, sources: sources)
        if let entry = fields["query"], fields["data"] != nil {
            report("'data' says which rows to take already; keep one of them", atKey: entry)
        }
        let rows: TrainingConfiguration.Rows? =
            fields["query"] != nil
            ? optional("query", of: fields, as: .query).map(TrainingConfiguration.Rows.query)
            : required("data", of: fields, as: .tableName).map(TrainingConfiguration.Rows.table)
        return RowsSelection(
            source: source, rows: rows,
            pointInTime: pointInTime(of: fields, source: source ?? defaultSource, sources: sources, views: views))
    }

    private mutating func source(of fields: Fields, isOptional: Bool, sources: [String]) -> String? {
        let form = Form<String>.reference(to: "source", among: sources)
        return isOptional ? optional("from", of: fields, as: form) : required("from", of: fields, as: form)
    }
}

extension Form where Value == String {
    /// A query for rows.
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
