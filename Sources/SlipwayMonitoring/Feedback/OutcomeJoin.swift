import SlipwayData

/// Joins feedback with predictions in bounded memory: first all feedback is added, then predictions are matched.
///
/// - Feedback by id belongs to that prediction, whichever came first and however late it is.
/// - Feedback by key belongs to the latest prediction for that key at or before the outcome. Match predictions to the
///   end of the log, not only to the end of the window, or an earlier one is taken for the latest.
/// - Of several outcomes for one prediction the last one received counts; the others are counted.
/// - Feedback without its prediction is counted and otherwise left alone: the logs keep it, so the next join sees it.
///
/// Memory is bounded by the number of different ids and keys; beyond the limit, a sample of them that gives each the
/// same chance is kept and the rest is counted.
public struct OutcomeJoin: Sendable {
    /// The most ids and keys that are joined.
    public static let subjectCountMaxDefault = 100_000
    /// The most outcomes of one key that are kept apart.
    public static let outcomesPerKeyMax = 1_000
    /// How far the time of an id may be from its record's, in milliseconds: ids are made a little after their request
    /// came in, and run ahead of a clock that stepped back.
    static let clockSkewMax: Int64 = 3_600_000
    /// The most subjects without a prediction that are named.
    public static let unmatchedNamedMax = 20

    private struct Outcome {
        var feedback: FeedbackRecord
        var match: JoinedOutcome?
    }

    private let window: TimeWindow
    private let subjectCountMax: Int
    private var outcomes: [FeedbackRecord.Subject: [Outcome]] = [:]
    private var subjects: [FeedbackRecord.Subject] = []
    private var subjectsSeen = 0
    private var hasKeys = false
    private var counts = OutcomeCounts()
    /// Of a fixed seed, so that the same logs always give the same sample.
    private var generator = SplitMix64(seed: 0)

    /// Starts a join.
    ///
    /// - Parameter window: The times of the predictions that are wanted.
    public init(window: TimeWindow = .all, subjectCountMax: Int = Self.subjectCountMaxDefault) {
        self.window = window
        self.subjectCountMax = max(1, subjectCountMax)
    }

    /// Adds one outcome.
    public mutating func add(_ feedback: FeedbackRecord) {
        counts.received += 1
        switch feedback.subject {
        case .prediction(let id):
            // The id tells its own time, so feedback for other windows costs no memory.
            if let time = id.time, !isNear(time) {
                counts.outsideWindow += 1
                return
            }
        case .key:
            if feedback.moment < window.start {
                counts.outsideWindow += 1
                return
            }
            hasKeys = true
        }
        if outcomes[feedback.subject] == nil, !makeRoom(for: feedback.subject) {
            counts.leftOut += 1
            return
        }
        keep(feedback)
    }

    /// Adds the feedback of a model in one environment; what was received before the window cannot be about it.
    ///
    /// - Throws: ``LogError`` of kind `unreadable` when the log cannot be read.
    mutating func addFeedback(of folder: SegmentFolder) throws(LogError) {
        let start = window.start.adding(milliseconds: -Self.clockSkewMax)
        let feedback = try FeedbackLogReader(folder: folder).records(in: TimeWindow(from: start, until: .latest))
        while let record = try feedback.next() { add(record) }
        add(feedback.summary)
    }

    /// The times of the predictions that are to be matched with the feedback added before.
    var predictionWindow: TimeWindow {
        // The latest prediction for a key may lie behind the window, and then the outcome is not the window's.
        TimeWindow(
            from: window.start, until: hasKeys ? .latest : window.end.adding(milliseconds: Self.clockSkewMax))
    }

    /// Adds what reading the feedback log met besides records.
    public mutating func add(_ summary: SegmentStream<FeedbackRecord>.Summary) {
        counts.tornLines += summary.tornLineCount
        counts.corruptLines += summary.corruptLineCount
    }

    /// Offers one prediction to the feedback added before.
    ///
    /// - Complexity: O(1) on average, or O(outcomes of its key).
    public mutating func match(_ prediction: PredictionRecord) {
        let joined = { (feedback: FeedbackRecord) in
            JoinedOutcome(
                id: prediction.id, time: prediction.time, version: prediction.version, outputs: prediction.outputs,
                actual: feedback.actual)
        }
        let id = FeedbackRecord.Subject.prediction(prediction.id)
        if var named = outcomes[id] {
            for index in named.indices { named[index].match = joined(named[index].feedback) }
            outcomes[id] = named
        }
        guard let key = prediction.key.map(FeedbackRecord.Subject.key), var named = outcomes[key] else { return }
        for index in named.indices where prediction.time <= named[index].feedback.moment {
            if let match = named[index].match, match.time > prediction.time { continue }
            named[index].match = joined(named[index].feedback)
        }
        outcomes[key] = named
    }

    /// The joined rows in the order of their predictions, and the counts.
    public consuming func finish() -> JoinedOutcomes {
        var latest: [PredictionID: Outcome] = [:]
        var unmatched: [FeedbackRecord.Subject] = []
        for subject in subjects {
            for outcome in outcomes[subject] ?? [] {
                guard let match = outcome.match else {
                    counts.unmatched += 1
                    if unmatched.count < Self.unmatchedNamedMax { unmatched.append(subject) }
                    continue
                }
                guard window.contains(match.time) else {
                    counts.outsideWindow += 1
                    continue
                }
                guard let earlier = latest[match.id] else {
                    latest[match.id] = outcome
                    continue
                }
                counts.repeated += 1
                if earlier.feedback.actual.text != outcome.feedback.actual.text { counts.contradictory += 1 }
                if outcome.feedback.time >= earlier.feedback.time { latest[match.id] = outcome }
            }
        }
        counts.matched = latest.count
        counts.early = latest.values.count { outcome in
            outcome.match.map { outcome.feedback.moment < $0.time } ?? false
        }
        let rows = latest.values.compactMap(\.match).sorted { ($0.time, $0.id) < ($1.time, $1.id) }
        return JoinedOutcomes(rows: rows, counts: counts, unmatched: unmatched)
    }

    private func isNear(_ time: Timestamp) -> Bool {
        window.start.adding(milliseconds: -Self.clockSkewMax) <= time
            && time < window.end.adding(milliseconds: Self.clockSkewMax)
    }

    private mutating func keep(_ feedback: FeedbackRecord) {
        var known = outcomes[feedback.subject] ?? []
        switch feedback.subject {
        case .prediction:
            if let last = known.last {
                counts.repeated += 1
                if last.feedback.actual.text != feedback.actual.text { counts.contradictory += 1 }
                if feedback.time >= last.feedback.time { known = [Outcome(feedback: feedback)] }
            } else {
                known = [Outcome(feedback: feedback)]
            }
        case .key where known.count < Self.outcomesPerKeyMax:
            known.append(Outcome(feedback: feedback))
        case .key:
            counts.leftOut += 1
        }
        outcomes[feedback.subject] = known
    }

    /// Whether the subject is among those kept, by reservoir sampling (Vitter 1985, algorithm R).
    private mutating func makeRoom(for subject: FeedbackRecord.Subject) -> Bool {
        subjectsSeen += 1
        guard subjects.count >= subjectCountMax else {
            subjects.append(subject)
            return true
        }
        let place = Int(generator.next() % UInt64(subjectsSeen))
        guard place < subjectCountMax else { return false }
        counts.leftOut += outcomes.removeValue(forKey: subjects[place])?.count ?? 0
        subjects[place] = subject
        return true
    }
}
