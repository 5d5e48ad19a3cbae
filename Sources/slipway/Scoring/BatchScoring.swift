import SlipwayData
import SlipwayModel

/// Scores a file of rows in batches.
struct BatchScoring {
    /// The rows that are encoded and predicted at once.
    static let batchRowCount = 4_096

    let model: Model
    let table: Table

    /// Reads the rows, with the types that the model's fields have.
    init(model: Model, rows: RowsFile) throws {
        self.model = model
        table = try rows.table(for: model.signature)
    }

    /// The number of rows.
    var rowCount: Int { table.rowCount }

    /// The engine that runs the model.
    var engineName: String { model.predictor.engineName }

    /// Scores all rows.
    ///
    /// - Parameter progress: Called after each batch with the rows done.
    /// - Throws: ``ModelError`` that names the column, or the row counted from 1.
    func run(progress: (Int) -> Void) throws -> Table {
        guard table.rowCount > 0 else { return try model.predict(table).table() }
        var parts: [Table] = []
        for start in stride(from: 0, to: table.rowCount, by: Self.batchRowCount) {
            let rows = Array(start..<min(start + Self.batchRowCount, table.rowCount))
            do {
                parts.append(try model.predict(table.selecting(rows: rows)).table())
            } catch let error as ModelError where start > 0 {
                throw ModelError(
                    error.kind, "in the batch that begins at row \(start + 1): \(error.message)", hint: error.hint,
                    field: error.field)
            }
            progress(rows.count + start)
        }
        return try Table.concatenating(parts)
    }

    /// Refuses rows outside the ranges and categories of the signature.
    func refuseOutOfBounds() throws(ModelError) {
        guard let summary = outOfBoundsSummary else { return }
        throw ModelError(.signatureMismatch, summary, hint: "Leave --strict out to score them all the same.")
    }

    /// How many rows lie outside the ranges and categories, and the first of them; `nil` when none does.
    var outOfBoundsSummary: String? {
        var first: String?
        var count = 0
        for row in 0..<table.rowCount {
            guard let problem = problem(inRow: row) else { continue }
            count += 1
            first = first ?? "row \(row + 1), field \(problem)"
        }
        return first.map {
            "\(CountText.text(count)) of \(CountText.text(rowCount)) rows lie outside what the model allows, the first is \($0)"
        }
    }

    private func problem(inRow row: Int) -> String? {
        for field in model.signature.inputs {
            guard let cell = table[field.name]?[row] else { continue }
            if cell.isMissing, field.isRequired, field.defaultValue == nil { return "'\(field.name)' is missing" }
            if let problem = field.outOfBounds(cell) { return "'\(field.name)' \(problem)" }
        }
        return nil
    }
}
