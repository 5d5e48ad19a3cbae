package import SlipwayModel

/// A call that was predicted and logged.
package struct AnsweredCall: Sendable {
    /// The outputs of all rows, in the order of the call.
    package let batch: PredictionBatch
    /// The id of each logged row.
    package let ids: [String]
    /// Who answered which rows.
    package let parts: [CallPart]
    /// Whether all of it came from the cache.
    package let isCached: Bool

    /// The version that answered; the champion where two did.
    package var served: ServedModel { parts[0].served }

    /// The version that answered each row.
    package var versions: [Int] {
        var versions = [Int](repeating: served.number, count: ids.count)
        for part in parts.dropFirst() {
            for row in part.rows { versions[row] = part.served.number }
        }
        return versions
    }

    /// One answer for all rows.
    init(_ batch: PredictionBatch, ids: [String], by part: CallPart, isCached: Bool) {
        self.batch = batch
        self.ids = ids
        parts = [part]
        self.isCached = isCached
    }

    /// The answers of several versions to the rows of one call, put back into its order.
    ///
    /// - Throws: ``ModelError`` of kind `inferenceFailed` when the versions answer in different forms.
    init(joining answers: [AnsweredCall], rowCount: Int) throws(ModelError) {
        var ids = [String](repeating: "", count: rowCount)
        var places = [(answer: Int, row: Int)](repeating: (0, 0), count: rowCount)
        for (answer, call) in answers.enumerated() {
            for (row, place) in call.parts[0].rows.enumerated() {
                ids[place] = call.ids[row]
                places[place] = (answer, row)
            }
        }
        batch = try PredictionBatch(places.map { (answers[$0.answer].batch, $0.row) })
        self.ids = ids
        parts = answers.flatMap(\.parts)
        isCached = answers.allSatisfy(\.isCached)
    }
}
