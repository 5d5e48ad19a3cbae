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
        try requireFitting(column)
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

    /// Refuses a column with a cell that the model cannot be given; whole numbers written as `7.0` are whole.
    private func requireFitting(_ column: Column) throws(ModelError) {
        guard column.type != field.elementType.columnType, !field.elementType.accepts(column.type) else { return }
        for row in 0..<column.count where !column[row].isMissing {
            // One word makes a whole column text; the numbers and blanks beside it are not to blame.
            if case .string(let text) = column[row], field.type != .boolean, text.isEmpty || Double(text) != nil {
                continue
            }
            do throws(ModelError) {
                _ = try field.converted(fromTable: column[row])
            } catch {
                throw ModelError(
                    .invalidSignature, "row \(row + 1) of the examples does not fit the model: \(error.message)",
                    hint: error.hint, field: field.name)
            }
        }
    }
}
