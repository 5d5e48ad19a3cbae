package import SlipwayData
package import SlipwayModel

/// Records that were predicted and logged.
package struct PredictedRows: Sendable {
    /// An answer for each record.
    package let answers: [PredictionAnswer]
    /// The cells that were predicted.
    package let rows: [[Value]]
    /// Who answered, and the outputs of the graph.
    package let call: AnsweredCall

    /// The outputs of the graph.
    package var batch: PredictionBatch { call.batch }
    /// Whether all of it came from the cache.
    package var isCached: Bool { call.isCached }
}
