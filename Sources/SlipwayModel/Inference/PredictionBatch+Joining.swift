extension PredictionBatch {
    /// The chosen rows of several batches, one below the other.
    ///
    /// - Precondition: There is at least one row, and each is within its batch.
    /// - Throws: ``ModelError`` of kind `inferenceFailed` when the outputs differ in name, type, or width.
    /// - Complexity: O(elements chosen).
    package init(_ rows: [(batch: PredictionBatch, row: Int)]) throws(ModelError) {
        let first = rows[0].batch
        var outputs = first.outputs
        for index in outputs.indices { outputs[index].tensor = outputs[index].tensor.row(rows[0].row) }
        for (batch, row) in rows.dropFirst() {
            for index in outputs.indices {
                guard index < batch.outputs.count, batch.outputs[index].name == outputs[index].name,
                    outputs[index].tensor.appendRows(of: batch.outputs[index].tensor.row(row))
                else {
                    throw ModelError(
                        .inferenceFailed, "two versions answer with '\(outputs[index].name)' in different forms")
                }
            }
        }
        self.init(outputs, task: first.task)
    }
}
