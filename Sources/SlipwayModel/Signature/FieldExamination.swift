import SlipwayData

/// Reads from example rows what values a field takes: its type, whether it may be missing, its range or categories.
///
/// The rules are kept simple, so that a person can foresee them, and `slipway.yaml` overrides each:
/// - a field with missing cells is optional, any other is required;
/// - a number may lie outside the range seen by as much as that range is wide, but not below 0 if none did;
/// - a text with few and often repeated values takes only those.
struct FieldExamination {
    /// The most distinct texts that count as categories.
    static let categoryCountMax = 100
    /// The rows there must be, on average, for each category.
    static let rowsPerCategoryMin = 5
    /// The rows from which a range is derived at all.
    static let rowsForRangeMin = 20

    let field: InputField
    let column: Column?

    init(field: InputField, examples: Table?) {
        self.field = field
        column = examples?[field.name]
    }

    func examined() throws(ModelError) -> InputField {
        guard let column, column.count > 0 else { return field }
        var field = field
        guard field.elementType.accepts(column.type) else {
            throw ModelError(
                .invalidSignature,
                "field '\(field.name)' is \(field.type.rawValue) in the model, but the example column holds "
                    + "\(column.type.rawValue) values such as '\(firstText(of: column))'",
                field: field.name)
        }
        // A text stays a text: a file does not tell whether the model was trained on `true` or on `True`.
        if column.type == .boolean, field.type != .string { field.type = .boolean }
        let missing = (0..<column.count).contains { column[$0].isMissing }
        field.isRequired = !missing
        switch field.type {
        case .number, .integer: addRange(from: column, to: &field)
        case .string: field.categories = categories(of: column)
        case .boolean: break
        }
        return field
    }

    private func addRange(from column: Column, to field: inout InputField) {
        let numbers = (column.asNumbers ?? []).filter(\.isFinite)
        guard numbers.count >= Self.rowsForRangeMin, let low = numbers.min(), let high = numbers.max() else { return }
        let span = high - low
        guard span > 0, span.isFinite else { return }
        field.minimum = low >= 0 ? max(0, low - span) : low - span
        field.maximum = high + span
    }

    private func categories(of column: Column) -> [Value]? {
        var seen: Set<ByteText> = []
        var rows = 0
        for row in 0..<column.count {
            let cell = column[row]
            guard !cell.isMissing else { continue }
            seen.insert(ByteText(cell.text))
            rows += 1
            if seen.count > Self.categoryCountMax { return nil }
        }
        guard !seen.isEmpty, rows >= seen.count * Self.rowsPerCategoryMin else { return nil }
        return seen.sorted().map { .string($0.text) }
    }

    private func firstText(of column: Column) -> String {
        (0..<column.count).lazy.map { column[$0] }.first { !$0.isMissing }?.text ?? ""
    }
}
