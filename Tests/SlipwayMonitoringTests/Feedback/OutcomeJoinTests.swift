import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct OutcomeJoinTests {
    private static let day: Int64 = 86_400_000

    private func feedback(
        _ subject: FeedbackRecord.Subject, _ actual: Value, after offset: Int64, observed: Int64? = nil
    ) -> FeedbackRecord {
        FeedbackRecord(
            subject: subject, actual: actual, time: SampleRecords.start.adding(milliseconds: offset),
            observed: observed.map { SampleRecords.start.adding(milliseconds: $0) })
    }

    private func join(
        _ feedback: [FeedbackRecord], _ predictions: [PredictionRecord], window: TimeWindow = .all,
        subjectCountMax: Int = OutcomeJoin.subjectCountMaxDefault
    ) -> JoinedOutcomes {
        var join = OutcomeJoin(window: window, subjectCountMax: subjectCountMax)
        for record in feedback { join.add(record) }
        for record in predictions { join.match(record) }
        return join.finish()
    }

    /// Every record received is accounted for exactly once.
    private func expectAllAccounted(_ outcomes: JoinedOutcomes) {
        let counts = outcomes.counts
        #expect(
            counts.received
                == counts.matched + counts.repeated + counts.unmatched + counts.outsideWindow + counts.leftOut)
    }

    @Test func feedbackDaysLaterFindsItsPrediction() {
        let prediction = SampleRecords.prediction(1)
        let outcomes = join([feedback(.prediction(prediction.id), .integer(1), after: 30 * Self.day)], [prediction])
        #expect(outcomes.rows.map(\.id) == [prediction.id])
        #expect(outcomes.rows.map(\.actual) == [.integer(1)])
        #expect(outcomes.counts.matched == 1)
        expectAllAccounted(outcomes)
    }

    @Test func theLastOutcomeReceivedForAnIDCounts() {
        let prediction = SampleRecords.prediction(1)
        let subject = FeedbackRecord.Subject.prediction(prediction.id)
        let outcomes = join(
            [
                feedback(subject, .string("No"), after: 1_000), feedback(subject, .string("Yes"), after: 3_000),
                feedback(subject, .string("No"), after: 2_000), feedback(subject, .string("Yes"), after: 3_000),
            ], [prediction])
        #expect(outcomes.rows.map(\.actual) == [.string("Yes")])
        #expect(outcomes.counts.repeated == 3)
        #expect(outcomes.counts.contradictory == 2)
        expectAllAccounted(outcomes)
    }

    @Test func anUnknownIDIsCountedNamedAndMatchedOnceItsPredictionIsThere() {
        let prediction = SampleRecords.prediction(1)
        let record = feedback(.prediction(prediction.id), .integer(1), after: 5)
        let before = join([record], [SampleRecords.prediction(2)])
        #expect(before.rows.isEmpty)
        #expect(before.counts.unmatched == 1)
        #expect(before.unmatched == [record.subject])
        let after = join([record], [SampleRecords.prediction(2), prediction])
        #expect(after.counts.unmatched == 0)
        #expect(after.rows.count == 1)
    }

    @Test func feedbackThatCameBeforeItsPredictionIsMatchedByIDAndCounted() {
        let prediction = SampleRecords.prediction(1, offset: 10_000)
        let outcomes = join([feedback(.prediction(prediction.id), .integer(1), after: 5_000)], [prediction])
        #expect(outcomes.rows.count == 1)
        #expect(outcomes.counts.early == 1)
    }

    @Test func aKeyBelongsToItsLatestPredictionBeforeTheOutcome() {
        let predictions = [0, 1, 2].map { SampleRecords.prediction($0, offset: Int64($0) * Self.day, key: "7") }
        let other = SampleRecords.prediction(9, offset: Self.day + 10, key: "8")
        let record = feedback(.key("7"), .integer(1), after: Self.day + 500)
        #expect(join([record], predictions + [other]).rows.map(\.id) == [predictions[1].id])
        #expect(join([record], Array(predictions.reversed())).rows.map(\.id) == [predictions[1].id])
    }

    @Test func theTimeThatTheSenderGivesDecidesForAKey() {
        let predictions = [0, 1].map { SampleRecords.prediction($0, offset: Int64($0) * Self.day, key: "7") }
        let record = feedback(.key("7"), .integer(1), after: 9 * Self.day, observed: 1_000)
        #expect(join([record], predictions).rows.map(\.id) == [predictions[0].id])
    }

    @Test func aKeyWithoutAnEarlierPredictionIsUnmatched() {
        let prediction = SampleRecords.prediction(1, offset: 10_000, key: "7")
        let outcomes = join([feedback(.key("7"), .integer(1), after: 9_999)], [prediction])
        #expect(outcomes.rows.isEmpty)
        #expect(outcomes.counts.unmatched == 1)
        #expect(join([feedback(.key("7"), .integer(1), after: 10_000)], [prediction]).rows.count == 1)
    }

    @Test func outcomesByIDAndByKeyForOnePredictionAreOneRow() {
        let prediction = SampleRecords.prediction(1, key: "7")
        let outcomes = join(
            [
                feedback(.key("7"), .integer(0), after: 2_000),
                feedback(.prediction(prediction.id), .integer(1), after: 1_000),
            ], [prediction])
        #expect(outcomes.rows.map(\.actual) == [.integer(0)])
        #expect(outcomes.counts.repeated == 1)
        #expect(outcomes.counts.contradictory == 1)
        expectAllAccounted(outcomes)
    }

    @Test func otherWindowsAreNotUnknown() {
        let predictions = [0, 1, 2].map { SampleRecords.prediction($0, offset: Int64($0) * Self.day, key: "7") }
        let window = TimeWindow(from: predictions[1].time, until: predictions[2].time)
        let outcomes = join(
            predictions.map { feedback(.prediction($0.id), .integer(1), after: 5 * Self.day) }
                + [feedback(.key("7"), .integer(1), after: 5 * Self.day), feedback(.key("7"), .integer(1), after: 5)],
            predictions.filter { $0.time >= window.start }, window: window)
        #expect(outcomes.rows.map(\.id) == [predictions[1].id])
        #expect(outcomes.counts.unmatched == 0)
        #expect(outcomes.counts.outsideWindow == 4)
        expectAllAccounted(outcomes)
    }

    @Test func beyondTheLimitARepeatableSampleIsKeptAndTheRestCounted() {
        let predictions = SampleRecords.predictions(1_000)
        let all = predictions.map { feedback(.prediction($0.id), .integer(1), after: Self.day) }
        let outcomes = join(all, predictions, subjectCountMax: 100)
        #expect(outcomes.rows.count == 100)
        #expect(outcomes.counts.leftOut == 900)
        #expect(outcomes == join(all, predictions, subjectCountMax: 100))
        let late = outcomes.rows.count { $0.time >= predictions[500].time }
        #expect((25...75).contains(late))
        expectAllAccounted(outcomes)
    }

    @Test func oneKeyCannotFillTheMemory() {
        let all = (0..<3_000).map { feedback(.key("7"), .integer(1), after: Int64($0)) }
        let outcomes = join(all, [SampleRecords.prediction(0, key: "7")])
        #expect(outcomes.counts.leftOut == 3_000 - OutcomeJoin.outcomesPerKeyMax)
        #expect(outcomes.rows.count == 1)
        expectAllAccounted(outcomes)
    }

    @Test func theLogsOfAFolderAreJoined() throws {
        let temporary = try TemporaryFolder()
        let folder = try SampleRecords.folder(in: temporary)
        try PredictionLogWriter(folder: folder).append(SampleRecords.predictions(10))
        try FeedbackLogWriter(folder: folder).append(
            SampleRecords.predictions(4).map { feedback(.prediction($0.id), .integer(1), after: 3 * Self.day) })
        let outcomes = try JoinedOutcomes(in: folder)
        #expect(outcomes.rows.map(\.id) == SampleRecords.predictions(4).map(\.id))
    }
}
