import SlipwayData
import SlipwayModel

/// Answers tables of rows: predictions, and reasons where they are asked for.
///
/// Each answer has a row for each row, and the same columns; many threads may ask at once.
struct BatchScoring: Sendable {
    /// The rows that are answered at once where nothing else sets the pace.
    static let batchRowCount = 4_096

    let model: Model
    /// A table without rows, with the columns of the answers.
    let columns: Table
    /// The rows that the signature does not allow.
    let outside: RowsOutside

    private let reasons: ReasonColumns?
    private let stamp: ScoringStamp?
    private let isStrict: Bool

    /// Prepares for rows.
    ///
    /// - Parameters:
    ///   - names: The columns that the rows have.
    ///   - reasons: What explains the rows; `nil` for predictions alone.
    ///   - stamp: What says who answers, and when; `nil` for answers alone.
    ///   - isStrict: Whether a row outside the ranges and categories of the signature is refused.
    /// - Throws: ``ModelError`` that names a column that is absent.
    init(
        model: Model, names: [String], reasons: ReasonColumns? = nil, stamp: ScoringStamp? = nil, isStrict: Bool = false
    ) throws {
        self.model = model
        self.reasons = reasons
        self.stamp = stamp
        self.isStrict = isStrict
        outside = RowsOutside(of: model.signature)
        let fields = model.signature.inputs
        let none = fields.filter { names.contains($0.name) }.map { Column(name: $0.name, values: .numbers([])) }
        _ = try InputEncoder(model.signature).tensors(of: Table(columns: none))
        // Not all models answer a table without rows.
        var row: [Column] = []
        for (field, cell) in zip(fields, model.signature.blankRow) {
            var column = ColumnBuilder(name: field.name, type: field.type)
            try column.append(cell)
            row.append(column.finish())
        }
        columns = try Self.answers(of: model, reasons, stamp, to: Table(columns: row)).selecting(rows: [])
    }

    /// The engine that runs the model.
    var engineName: String { model.predictor.engineName }

    /// Answers rows.
    ///
    /// - Parameter start: How many rows came before, where that is known, for what is said of a row.
    /// - Throws: ``ModelError`` that names the column, and the row of the table, counted from 1.
    func answers(to table: Table, after start: Int? = nil) throws -> Table {
        if let finding = outside.look(at: table, after: start).first, isStrict {
            throw ModelError(
                .signatureMismatch, finding.problem, hint: "Leave --strict out to score such rows all the same.")
        }
        return try Self.answers(of: model, reasons, stamp, to: table)
    }

    /// Answers the rows that the model takes.
    ///
    /// - Returns: The answers, the rows that they belong to, counted from 0, and why the others are refused.
    /// - Throws: ``ModelError`` of a failure that is not of single rows.
    func siftedAnswers(to table: Table) throws -> (answers: Table, taken: [Int], refused: [(row: Int, reason: String)])
    {
        let found = outside.look(at: table, after: nil)
        var refused = isStrict ? found.map { (row: $0.row, reason: $0.rule) } : []
        if refused.isEmpty, let answers = try? Self.answers(of: model, reasons, stamp, to: table) {
            return (answers, Array(0..<table.rowCount), [])
        }
        let known = Set(refused.map(\.row))
        refused += try refusals(of: (0..<table.rowCount).filter { !known.contains($0) }, in: table)
        let bad = Set(refused.map(\.row))
        let taken = (0..<table.rowCount).filter { !bad.contains($0) }
        guard !taken.isEmpty else { return (columns, [], refused) }
        return (try Self.answers(of: model, reasons, stamp, to: table.selecting(rows: taken)), taken, refused)
    }

    /// Finds the rows that the model refuses, by halves.
    private func refusals(of rows: [Int], in table: Table) throws -> [(row: Int, reason: String)] {
        guard !rows.isEmpty else { return [] }
        do throws(ModelError) {
            _ = try model.predict(table.selecting(rows: rows))
            return []
        } catch {
            guard [.signatureMismatch, .inferenceFailed].contains(error.kind) else { throw error }
            guard rows.count > 1 else { return [(rows[0], error.rule ?? error.message)] }
        }
        let middle = rows.count / 2
        return try refusals(of: Array(rows[..<middle]), in: table) + refusals(of: Array(rows[middle...]), in: table)
    }

    private static func answers(
        of model: Model, _ reasons: ReasonColumns?, _ stamp: ScoringStamp?, to table: Table
    ) throws -> Table {
        let predictions = try model.predict(table).table()
        guard reasons != nil || stamp != nil else { return predictions }
        return try Table(
            columns: predictions.columns + (reasons?.columns(for: table) ?? [])
                + (stamp?.columns(rowCount: table.rowCount) ?? []))
    }
}
