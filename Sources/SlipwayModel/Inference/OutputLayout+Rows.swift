extension OutputLayout {
    /// The tensor of an output brought into the shape in which the first dimension counts rows.
    ///
    /// - Throws: ``ModelError`` of kind `inferenceFailed` when the output does not hold its answers row by row.
    func rows(of output: PredictorOutput, rowCount: Int) throws(ModelError) -> Tensor {
        let tensor = output.tensor
        switch self {
        case .sideBySide where tensor.shape == [1, rowCount]:
            return Tensor(shape: [rowCount], elements: tensor.elements)
        case .stacked(let width) where tensor.count == rowCount * width && tensor.width == 1:
            return Tensor(shape: [rowCount, width], elements: tensor.elements)
        case .tables(let count) where tensor.shape.prefix(2) == [count, rowCount]:
            return tensor.rowsOfTables(count, rowCount: rowCount)
        case .tables(let count):
            throw ModelError(
                .inferenceFailed,
                "output '\(output.name)' has the shape \(tensor.shape), which is not \(count) tables of \(rowCount) rows",
                hint: "Export a model of several targets as one model per target, or leave this output out.")
        case .rows, .sideBySide, .stacked, .constant:
            // A scalar answers for one row and no more.
            guard tensor.rowCount == rowCount else {
                throw ModelError(
                    .inferenceFailed,
                    "output '\(output.name)' has \(tensor.rowCount) rows for \(rowCount) rows of input",
                    hint: "Export the model with outputs whose first dimension counts rows.")
            }
            return tensor
        }
    }
}

extension Tensor {
    /// A number of tables below one another as one, in which each row holds its row of every table in turn.
    fileprivate func rowsOfTables(_ count: Int, rowCount: Int) -> Tensor {
        let width = shape.dropFirst(2).reduce(1, *)
        let places = (0..<rowCount).flatMap { row in
            (0..<count).flatMap { table -> Range<Int> in
                let start = (table * rowCount + row) * width
                return start..<start + width
            }
        }
        let moved: Elements =
            switch elements {
            case .float32(let array): .float32(places.map { array[$0] })
            case .float64(let array): .float64(places.map { array[$0] })
            case .int32(let array): .int32(places.map { array[$0] })
            case .int64(let array): .int64(places.map { array[$0] })
            case .bool(let array): .bool(places.map { array[$0] })
            case .string(let array): .string(places.map { array[$0] })
            }
        return Tensor(shape: [rowCount, count * width], elements: moved)
    }
}
