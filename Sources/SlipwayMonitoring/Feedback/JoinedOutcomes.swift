import SlipwayData

/// What a join of feedback with predictions gave.
public struct JoinedOutcomes: Equatable, Sendable {
    /// The predictions whose outcome is known, in the order of their time.
    public var rows: [JoinedOutcome]
    /// How the feedback met the predictions.
    public var counts: OutcomeCounts
    /// The first subjects whose prediction is not in the log.
    public var unmatched: [FeedbackRecord.Subject]

    /// Makes a result.
    public init(rows: [JoinedOutcome], counts: OutcomeCounts, unmatched: [FeedbackRecord.Subject] = []) {
        self.rows = rows
        self.counts = counts
        self.unmatched = unmatched
    }

    /// Joins the logs of one model in one environment.
    ///
    /// - Throws: ``LogError`` of kind `unreadable` when a log cannot be read.
    public init(
        in folder: SegmentFolder, window: TimeWindow = .all,
        subjectCountMax: Int = OutcomeJoin.subjectCountMaxDefault
    ) throws(LogError) {
        var join = OutcomeJoin(window: window, subjectCountMax: subjectCountMax)
        try join.addFeedback(of: folder)
        let predictions = try PredictionLogReader(folder: folder).records(in: join.predictionWindow)
        while let record = try predictions.next() { join.match(record) }
        self = join.finish()
    }
}
