import SlipwayData
public import SlipwayModel

extension ChallengerComparison {
    /// Compares two versions by the logs of their model in one environment.
    ///
    /// Memory does not grow with the log: outcomes are sampled as by ``OutcomeJoin``, and of the rows that wait for
    /// their pair the oldest are let go beyond a limit.
    ///
    /// - Parameters:
    ///   - role: `shadow` to compare pairs, `challenger` to compare samples.
    ///   - window: From the beginning of the trial on.
    ///   - accuracyGuard: What a canary must keep to, if anything.
    /// - Throws: ``LogError`` of kind `unreadable` when a log cannot be read.
    public init(
        of folder: SegmentFolder, task: Signature.Task, champion: Int, challenger: Int, role: PredictionRecord.Role,
        window: TimeWindow, accuracyGuard: AccuracyGuard? = nil
    ) throws(LogError) {
        var tally = ComparisonTally(task: task, champion: champion, challenger: challenger, role: role)
        var answered = OutcomeJoin(window: window)
        try answered.addFeedback(of: folder)
        // The same feedback for both sides, so that the same outcomes are kept where they are sampled.
        var shadowed = answered
        let stream = try PredictionLogReader(folder: folder).records(in: answered.predictionWindow)
        while let record = try stream.next() {
            guard !record.isPinned else { continue }
            if window.contains(record.time) { tally.add(record) }
            if record.source != .shadow {
                answered.match(record)
            } else if let pair = record.pair, record.version == challenger {
                // What came true is told of the row that was answered.
                var row = record
                row.id = pair
                shadowed.match(row)
            }
        }
        tally.add(answered.finish().rows, shadowed: role == .shadow ? shadowed.finish().rows : [])
        self = tally.comparison(window: window, accuracyGuard: accuracyGuard)
    }
}
