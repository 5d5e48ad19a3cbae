import SlipwayData
public import SlipwayModel

extension MonitorReport {
    /// Reports on a window of the logs of one model in one environment.
    ///
    /// Segments that end before the window are not opened. Of the feedback log, the rest is read to its end, because
    /// outcomes come late; of the prediction log only where an outcome names an entity, whose latest prediction counts.
    ///
    /// - Parameter version: The only version whose predictions and outcomes are judged; see ``Monitor``.
    /// - Throws: ``LogError`` of kind `unreadable` when a log cannot be read.
    public init(
        of folder: SegmentFolder, model: String, signature: Signature, baseline: Baseline?,
        window: TimeWindow = .all, version: Int? = nil
    ) throws(LogError) {
        var join = OutcomeJoin(window: window)
        try join.addFeedback(of: folder)

        var monitor = Monitor(
            model: model, signature: signature, baseline: baseline, window: window, version: version)
        let predictions = try PredictionLogReader(folder: folder)
            .records(in: join.predictionWindow)
        while let record = try predictions.next() {
            monitor.add(record)
            if record.source != .shadow { join.match(record) }
        }
        monitor.add(predictions.summary)
        self = monitor.report(outcomes: join.finish())
    }

    /// Reports on records in memory.
    public init(
        records: some Sequence<PredictionRecord>, outcomes: JoinedOutcomes? = nil, model: String,
        signature: Signature, baseline: Baseline?, window: TimeWindow = .all, version: Int? = nil
    ) {
        var monitor = Monitor(
            model: model, signature: signature, baseline: baseline, window: window, version: version)
        for record in records { monitor.add(record) }
        self = monitor.report(outcomes: outcomes)
    }
}
