import SlipwayData

/// The answers of one engine to many rows.
struct EngineAnswers {
    /// The name of the engine, and how it was asked.
    let name: String
    /// One answer per row.
    private(set) var rows: [RowAnswer]
    /// The name of the output that each cell of an answer belongs to.
    private(set) var outputs: [String] = []

    /// Asks for all rows at once; where the engine refuses, for halves of them, down to the rows that it refuses.
    init(name: String, _ model: Model, rows: [[Value]]) {
        self.name = name
        self.rows = []
        self.rows.reserveCapacity(rows.count)
        ask(model, rows[...])
    }

    /// Asks for each row alone.
    init(name: String, _ model: Model, eachOf rows: [[Value]]) {
        self.name = name
        self.rows = []
        for row in rows { ask(model, [row]) }
    }

    /// For each cell of an answer, the floor that the numbers of its output have; see ``ParityReport/floor(largest:)``.
    var floors: [Double] {
        var largest: [String: Double] = [:]
        for case .cells(let cells) in rows {
            for case (.number(let number), let output) in zip(cells, outputs) where number.isFinite {
                largest[output] = max(largest[output, default: 0], number.magnitude)
            }
        }
        return outputs.map { ParityReport.floor(largest: largest[$0, default: 0]) }
    }

    private mutating func ask(_ model: Model, _ rows: ArraySlice<[Value]>) {
        guard !rows.isEmpty else { return }
        do throws(ModelError) {
            let batch = try model.predict(rows: Array(rows))
            let parts = batch.outputs.map { $0.cells }
            let widths = batch.outputs.map { max(1, $0.tensor.width) }
            if outputs.isEmpty {
                outputs = zip(batch.outputs, widths).flatMap { Array(repeating: $0.name, count: $1) }
            }
            for row in 0..<rows.count {
                self.rows.append(
                    .cells(zip(parts, widths).flatMap { part, width in part[row * width..<(row + 1) * width] }))
            }
        } catch {
            guard rows.count > 1 else { return self.rows.append(.refused(error.message)) }
            let middle = rows.startIndex + rows.count / 2
            ask(model, rows[..<middle])
            ask(model, rows[middle...])
        }
    }
}

extension PredictorOutput {
    /// The elements as cells of answers.
    fileprivate var cells: [RowAnswer.Cell] {
        switch tensor.elements {
        case .float32(let array): array.map { .number(Double($0)) }
        case .float64(let array): array.map { .number($0) }
        case .int32(let array): array.map { .label("\($0)") }
        case .int64(let array): array.map { .label("\($0)") }
        case .bool(let array): array.map { .label("\($0)") }
        case .string(let array): array.map { .label($0) }
        }
    }
}
