import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayMonitoring

struct ComparisonTallyTests {
    private static let task = SampleModel().signature.task

    private static func record(
        _ number: Int, version: Int, score: Double, pair: PredictionID? = nil
    ) -> PredictionRecord {
        var record = SampleRecords.prediction(number)
        record.version = version
        record.outputs = [
            "label": .string(score > 0.5 ? "Yes" : "No"),
            "probabilities": .array([.number(1 - score), .number(score)]),
        ]
        record.source = pair == nil ? .online : .shadow
        record.pair = pair
        return record
    }

    private static func outcome(_ record: PredictionRecord, _ actual: String) -> JoinedOutcome {
        JoinedOutcome(
            id: record.id, time: record.time, version: record.version, outputs: record.outputs,
            actual: .string(actual))
    }

    @Test func aShadowIsComparedRowByRow() throws {
        var tally = ComparisonTally(task: Self.task, champion: 1, challenger: 2, role: .shadow)
        var (answered, shadowed): ([JoinedOutcome], [JoinedOutcome]) = ([], [])
        for number in 0..<40 {
            let champion = Self.record(number, version: 1, score: 0.4 + Double(number % 10) / 100)
            let shadow = Self.record(1_000 + number, version: 2, score: number < 30 ? 0.45 : 0.9, pair: champion.id)
            tally.add(champion)
            tally.add(shadow)
            var told = shadow
            told.id = champion.id
            answered.append(Self.outcome(champion, "No"))
            shadowed.append(Self.outcome(told, "No"))
        }
        // A shadow whose champion's row is not known, and a row that the shadow never saw.
        tally.add(Self.record(2_000, version: 2, score: 0.1, pair: PredictionID(high: 1, low: 1)))
        tally.add(Self.record(3_000, version: 1, score: 0.1))
        tally.add(answered, shadowed: shadowed)
        let comparison = tally.comparison(window: .all, accuracyGuard: nil)
        #expect(comparison.rows.champion == 41 && comparison.rows.challenger == 41)
        #expect(abs((comparison.agreement.figure ?? .nan) - 0.75) < 1e-12)
        let accuracy = try #require(comparison.accuracy.figure)
        #expect(accuracy.method == .mcNemar && accuracy.champion == 1)
        #expect(abs(accuracy.challenger - 0.75) < 1e-12)
        // Ten rows on which the champion alone is right: 2 · 0.5^10.
        #expect(abs(accuracy.pValue - 2 / 1_024) < 1e-12)
        #expect(comparison.predictions.figure?.method == .pairedT && comparison.predictions.figure?.championRows == 40)
        #expect(comparison.error.figure?.method == .pairedT)
    }

    @Test func aCanaryIsComparedAsASample() throws {
        var tally = ComparisonTally(task: Self.task, champion: 1, challenger: 2, role: .challenger)
        var outcomes: [JoinedOutcome] = []
        for number in 0..<400 {
            let record = Self.record(number, version: number < 300 ? 1 : 2, score: 0.2)
            tally.add(record)
            outcomes.append(Self.outcome(record, number < 270 || number >= 350 ? "No" : "Yes"))
        }
        tally.add(outcomes, shadowed: [])
        let harsh = AccuracyGuard(lossMax: 0.05, outcomeCountMin: 100, level: 0.01)
        let comparison = tally.comparison(window: .all, accuracyGuard: harsh)
        let accuracy = try #require(comparison.accuracy.figure)
        #expect(accuracy.method == .newcombe)
        #expect(abs(accuracy.champion - 0.9) < 1e-12 && abs(accuracy.challenger - 0.5) < 1e-12)
        #expect(comparison.agreement.figure == nil)
        #expect(
            comparison.brokenGuard?.hasPrefix("accuracy: 50.0% of 100 known outcomes, the champion's 90.0%") == true)
        let lenient = AccuracyGuard(lossMax: 0.5, outcomeCountMin: 100, level: 0.01)
        #expect(tally.comparison(window: .all, accuracyGuard: lenient).brokenGuard == nil)
        let patient = AccuracyGuard(lossMax: 0.05, outcomeCountMin: 101, level: 0.01)
        #expect(tally.comparison(window: .all, accuracyGuard: patient).brokenGuard == nil)
    }

    @Test func numbersAreJudgedByTheirAbsoluteError() throws {
        let task = Signature.Task(kind: .regression, predictionOutput: "value", target: "spend")
        var tally = ComparisonTally(task: task, champion: 1, challenger: 2, role: .challenger)
        var outcomes: [JoinedOutcome] = []
        for number in 0..<200 {
            var record = SampleRecords.prediction(number)
            record.version = number % 2 + 1
            record.outputs = ["value": .number(10)]
            tally.add(record)
            let distance = Double(number % 5 + 1) * (record.version == 1 ? 1 : 1.5)
            outcomes.append(
                JoinedOutcome(
                    id: record.id, time: record.time, version: record.version, outputs: record.outputs,
                    actual: .number(10 + distance)))
        }
        tally.add(outcomes, shadowed: [])
        func broken(_ lossMax: Double) -> String? {
            tally.comparison(
                window: .all, accuracyGuard: AccuracyGuard(lossMax: lossMax, outcomeCountMin: 50, level: 0.01)
            ).brokenGuard
        }
        #expect(broken(0.1)?.contains("mean absolute error is 4.5") == true)
        #expect(broken(0.6) == nil)
        let comparison = tally.comparison(window: .all, accuracyGuard: nil)
        #expect(comparison.accuracy.figure == nil && comparison.error.figure?.method == .welch)
    }

    @Test func fewRowsGiveAReasonAndNoFigure() {
        var tally = ComparisonTally(task: Self.task, champion: 1, challenger: 2, role: .challenger)
        for number in 0..<9 { tally.add(Self.record(number, version: 2, score: 0.3)) }
        let comparison = tally.comparison(window: .all, accuracyGuard: nil)
        #expect(comparison.predictions.reason == "too few rows: 0 of at least 10 on each side")
    }
}
