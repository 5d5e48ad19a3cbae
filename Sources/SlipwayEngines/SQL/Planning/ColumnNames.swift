import SlipwayModel

/// Refuses names that a database would take for one another, so that no query reads the wrong column.
struct ColumnNames {
    let dialect: SQLDialect

    /// Checks the columns that a query reads and answers with.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` for two fields that are one column to the database, or for
    ///   two columns of the answer with one name.
    func check(_ plan: SQLPlan, keys: [String]) throws(ModelError) {
        if let (first, second) = twins(in: plan.fields.map { plan.signature.inputs[$0].name }) {
            throw ModelError(
                .unsupportedModel, "the fields '\(first)' and '\(second)' are the same column to \(dialect.rawValue)",
                hint: "Rename one of them before training, or export for another database.", field: second)
        }
        if let (first, second) = twins(in: keys + plan.outputs.map(\.name)) {
            let names =
                first == second ? "'\(first)'" : "'\(first)' or '\(second)', which are one to \(dialect.rawValue)"
            throw ModelError(
                .unsupportedModel, "two columns of the answer would be named \(names)",
                hint: "Name each key once, and one that is named as an answer otherwise, in a view.", field: second)
        }
    }

    /// The first two names that the database does not tell apart.
    private func twins(in names: [String]) -> (String, String)? {
        var known: [String: String] = [:]
        for name in names {
            if let other = known.updateValue(name, forKey: dialect.identity(ofColumn: name)) { return (other, name) }
        }
        return nil
    }
}

extension SQLDialect {
    /// The bytes of a name that PostgreSQL looks at.
    private static let postgresNameBytes = 63

    /// What two names of columns have in common when the database takes one for the other.
    fileprivate func identity(ofColumn name: String) -> String {
        switch self {
        case .postgres:
            var kept = name[...]
            while kept.utf8.count > Self.postgresNameBytes { kept = kept.dropLast() }
            return String(kept)
        case .sqlite, .duckdb:
            return String(decoding: name.utf8.map { (65...90).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
        case .spark: return name.lowercased()
        }
    }
}
