import SlipwayData
import SlipwayModel

/// Gathers what two versions predicted, and how it turned out.
struct ComparisonTally {
    /// The most rows that wait for the shadow's answer.
    static let waitingCountMax = 100_000

    /// What is compared of a row.
    private struct Answer {
        var figure: Double?
        var prediction: String?
    }

    private let task: Signature.Task
    private let champion: Int
    private let challenger: Int
    private let role: PredictionRecord.Role

    private var rows = ChallengerComparison.Counts()
    private var outcomes = ChallengerComparison.Counts()
    private var waiting: [PredictionID: Answer] = [:]
    private var order: [PredictionID] = []
    private var oldest = 0
    private var agreement = Moments()
    private var predictions = (paired: PairedTest(), unpaired: UnpairedTest())
    private var accuracy = (paired: PairedTest(), unpaired: UnpairedTest())
    private var errors = (paired: PairedTest(), unpaired: UnpairedTest())

    init(task: Signature.Task, champion: Int, challenger: Int, role: PredictionRecord.Role) {
        self.task = task
        self.champion = champion
        self.challenger = challenger
        self.role = role
    }

    /// Adds a logged row.
    mutating func add(_ record: PredictionRecord) {
        let prediction = record.prediction(for: task)
        let answer = Answer(
            figure: task.kind == .regression ? prediction?.asNumber : record.positiveScore(for: task),
            prediction: prediction?.text)
        switch (record.source, record.version) {
        case (.online, champion):
            rows.champion += 1
            if role == .shadow { wait(record.id, answer) }
            if let figure = answer.figure { predictions.unpaired.add(champion: figure) }
        case (.online, challenger) where role != .shadow:
            rows.challenger += 1
            if let figure = answer.figure { predictions.unpaired.add(challenger: figure) }
        case (.shadow, challenger) where role == .shadow:
            rows.challenger += 1
            guard let pair = record.pair, let other = waiting.removeValue(forKey: pair) else { return }
            if let own = answer.figure, let figure = other.figure {
                predictions.paired.add(champion: figure, challenger: own)
            }
            if let own = answer.prediction, let prediction = other.prediction {
                agreement.add(own == prediction ? 1 : 0)
            }
        default: break
        }
    }

    /// Adds known outcomes.
    ///
    /// - Parameter shadowed: Of a shadow, its predictions under the ids of the rows that were answered.
    mutating func add(_ answered: [JoinedOutcome], shadowed: [JoinedOutcome]) {
        let pairs = Dictionary(shadowed.map { ($0.id, $0) }) { $1 }
        for row in answered {
            if role == .shadow {
                guard row.version == champion else { continue }
                outcomes.champion += 1
                guard let other = pairs[row.id] else { continue }
                outcomes.challenger += 1
                if let own = isRight(other), let figure = isRight(row) {
                    accuracy.paired.add(champion: figure, challenger: own)
                }
                if let own = error(of: other), let figure = error(of: row) {
                    errors.paired.add(champion: figure, challenger: own)
                }
            } else if row.version == champion {
                outcomes.champion += 1
                if let figure = isRight(row) { accuracy.unpaired.add(champion: figure) }
                if let figure = error(of: row) { errors.unpaired.add(champion: figure) }
            } else if row.version == challenger {
                outcomes.challenger += 1
                if let figure = isRight(row) { accuracy.unpaired.add(challenger: figure) }
                if let figure = error(of: row) { errors.unpaired.add(challenger: figure) }
            }
        }
    }

    /// What was gathered, tested.
    func comparison(window: TimeWindow, accuracyGuard: AccuracyGuard?) -> ChallengerComparison {
        typealias Comparison = ChallengerComparison
        var comparison = Comparison(champion: champion, challenger: challenger, role: role, window: window)
        comparison.rows = rows
        comparison.outcomes = outcomes
        let isRegression = task.kind == .regression
        comparison.agreement =
            role != .shadow
            ? .unavailable(reason: "a canary answers other rows than its champion")
            : isRegression
                ? .unavailable(reason: "numbers hardly ever agree")
                : agreement.count < Comparison.rowCountMin
                    ? Self.tooFew("pairs", agreement.count) : .found(agreement.mean)
        comparison.predictions = tested(predictions, "rows") {
            $0.meanDifference
        } _: {
            $0.meanDifference
        }
        comparison.accuracy =
            isRegression
            ? .unavailable(reason: "numbers are not right or wrong")
            : tested(accuracy, "known outcomes") {
                $0.shareDifference
            } _: {
                $0.shareDifference
            }
        comparison.error = tested(errors, "known outcomes") {
            $0.meanDifference
        } _: {
            $0.meanDifference
        }
        if role == .challenger {
            comparison.brokenGuard = accuracyGuard?.reason(
                accuracy.unpaired, errors: errors.unpaired, isRegression: isRegression)
        }
        return comparison
    }

    private func tested(
        _ tests: (paired: PairedTest, unpaired: UnpairedTest), _ noun: String,
        _ paired: (PairedTest) -> (Double) -> DifferenceReport?,
        _ unpaired: (UnpairedTest) -> (Double) -> DifferenceReport?
    ) -> Finding<DifferenceReport> {
        let count =
            role == .shadow ? tests.paired.count : min(tests.unpaired.counts.champion, tests.unpaired.counts.challenger)
        let confidence = ChallengerComparison.confidence
        let report = role == .shadow ? paired(tests.paired)(confidence) : unpaired(tests.unpaired)(confidence)
        guard count >= ChallengerComparison.rowCountMin, let report else { return Self.tooFew(noun, count) }
        return .found(report)
    }

    private static func tooFew<Figure>(_ noun: String, _ count: Int) -> Finding<Figure> {
        .unavailable(reason: "too few \(noun): \(count) of at least \(ChallengerComparison.rowCountMin) on each side")
    }

    private mutating func wait(_ id: PredictionID, _ answer: Answer) {
        waiting[id] = answer
        order.append(id)
        // Rows that the shadow does not see wait in vain, and the oldest go first.
        while order.count - oldest > Self.waitingCountMax {
            waiting[order[oldest]] = nil
            oldest += 1
        }
        if oldest > Self.waitingCountMax {
            order.removeFirst(oldest)
            oldest = 0
        }
    }

    /// 1 where the predicted class came true, 0 where another one did.
    private func isRight(_ row: JoinedOutcome) -> Double? {
        guard let predicted = row.prediction(for: task).flatMap(task.classIndex(of:)),
            let actual = task.classIndex(of: row.actual)
        else { return nil }
        return predicted == actual ? 1 : 0
    }

    private func error(of row: JoinedOutcome) -> Double? {
        if task.kind == .regression {
            guard let predicted = row.prediction(for: task)?.asNumber, let actual = row.actual.asNumber else {
                return nil
            }
            return abs(predicted - actual)
        }
        guard let scores = row.scores(for: task), scores.count == task.classes.count,
            let actual = task.classIndex(of: row.actual)
        else { return nil }
        return scores.enumerated().reduce(0) { sum, score in
            let distance = score.element - (score.offset == actual ? 1 : 0)
            return sum + distance * distance
        }
    }
}
