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
        case .tables(let count):
            throw ModelError(
                .inferenceFailed,
                "output '\(output.name)' holds \(count) tables of answers in the shape \(tensor.shape), "
                    + "and its first dimension does not count rows",
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
