public import SlipwayData

extension Baseline {
    /// The name of the profile of the positive class's score among the outputs.
    public static let scoreName = "score"
    /// The name of the profile of the predicted class or number among the outputs.
    public static let predictionName = "prediction"

    /// Profiles example rows and the predictions for them.
    ///
    /// - Parameters:
    ///   - examples: The rows, by the names of the signature's fields.
    ///   - batch: The predictions for the same rows.
    public init(examples: Table, batch: PredictionBatch, signature: Signature) throws {
        let fields = signature.inputs.map(\.name).filter { examples[$0] != nil }
        var outputs: [Column] = []
        if !batch.predictions.isEmpty {
            outputs.append(try Column(name: Self.predictionName, cells: batch.predictions))
        }
        let scores = (0..<batch.rowCount).compactMap(batch.positiveScore(row:))
        if scores.count == batch.rowCount {
            outputs.append(Column(name: Self.scoreName, values: .numbers(scores)))
        }
        self.init(
            rows: examples.rowCount, inputs: TableProfile(try examples.selecting(columns: fields)),
            outputs: TableProfile(try Table(columns: outputs)),
            target: signature.task.target.flatMap { examples[$0] }.map { ColumnProfile($0) })
    }
}

extension Column {
    /// Makes a column from cells of one type, taken from the first that is not missing.
    fileprivate init(name: String, cells: [Value]) throws(DataError) {
        var builder = ColumnBuilder(name: name, type: cells.lazy.compactMap(\.type).first ?? .string)
        for cell in cells { try builder.append(cell) }
        self = builder.finish()
    }
}
