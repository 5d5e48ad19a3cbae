package import SlipwayData
package import SlipwayModel

/// What is to be logged of one call: its rows, their answers, and what they have in common.
package struct AnsweredRows: Sendable {
    /// Which part of a deployment answered, and how.
    package struct Circumstances: Sendable {
        /// Which part answered.
        package var role: PredictionRecord.Role?
        /// Of a shadow, the ids of the rows that were answered to the caller; else empty.
        package var pairs: [PredictionID] = []
        /// Whether the answer came from the server's cache.
        package var isCached = false
        /// Whether chance did not choose who answers.
        package var isPinned = false

        /// What stood in for the stored features of each row, where the store could not answer; else empty.
        package var features: [String?] = []

        /// Says nothing.
        package init() {}

        /// Says who answered.
        package init(
            role: PredictionRecord.Role, isCached: Bool = false, isPinned: Bool = false, features: [String?] = []
        ) {
            self.role = role
            self.isCached = isCached
            self.isPinned = isPinned
            self.features = features
        }
    }

    /// The answers.
    package var batch: PredictionBatch
    /// The cells of each row, in the order of the signature's inputs.
    package var rows: [[Value]]
    /// The entity of each row, where it is known.
    package var keys: [String?]
    /// The inputs of each row that a feature view gave, where that matters to its privacy; else empty.
    package var storedInputs: [Set<Int>]
    /// When the rows were answered.
    package var time: Timestamp
    /// The time from the request to its answer, in microseconds.
    package var latencyMicroseconds: Int
    /// Where the prediction was asked for.
    package var source: PredictionRecord.Source
    /// The trace that the call belongs to, as hexadecimal digits.
    package var trace: String?
    /// Which part of the deployment answered, and how.
    package var circumstances = Circumstances()

    /// Gathers rows.
    ///
    /// - Precondition: There are as many keys as rows.
    package init(
        _ batch: PredictionBatch, rows: [[Value]], keys: [String?], storedInputs: [Set<Int>] = [], time: Timestamp,
        latencyMicroseconds: Int, source: PredictionRecord.Source = .online
    ) {
        self.batch = batch
        self.rows = rows
        self.keys = keys
        self.storedInputs = storedInputs
        self.time = time
        self.latencyMicroseconds = latencyMicroseconds
        self.source = source
    }
}
