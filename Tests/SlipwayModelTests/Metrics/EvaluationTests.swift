import Foundation
import SlipwayData
import SlipwayModel
import Testing

struct EvaluationTests {
    private let references: JSONValue

    init() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appendingPathComponent("Fixtures/metrics.json")
        references = try JSONValue(parsing: Data(contentsOf: file), file: "metrics.json")
    }

    private func cases(_ name: String) throws -> [JSONValue] {
        guard case .array(let cases)? = references[name] else { throw DataError(.malformed, "no cases '\(name)'") }
        return cases
    }

    private func values(_ value: JSONValue?) -> [Value] {
        guard case .array(let elements)? = value else { return [] }
        return elements.compactMap(\.asValue)
    }

    private func numbers(_ value: JSONValue?) -> [Double] { values(value).compactMap(\.asNumber) }

    private func expectMetrics(_ evaluation: Evaluation, toAgreeWith reference: JSONValue) throws {
        guard case .object(let expected)? = reference["metrics"] else { throw DataError(.malformed, "no metrics") }
        #expect(evaluation.metrics.count == expected.members.count)
        for member in expected.members {
            let number = try #require(evaluation[member.name].number)
            let wanted = try #require(member.value.asValue?.asNumber)
            #expect(abs(number - wanted) <= 1e-9, "\(member.name)")
        }
    }

    @Test func binaryMetricsAgreeWithScikitLearn() throws {
        let task = Signature.Task(kind: .binary, classes: ["0", "1"])
        for reference in try cases("binary") {
            let probabilities = numbers(reference["probabilities"])
            let actual = values(reference["actual"])
            let predictions = probabilities.map { Value.integer($0 > 0.5 ? 1 : 0) }
            let both = probabilities.map { [1 - $0, $0] }
            for scores in [both, probabilities.map { [$0] }] {
                try expectMetrics(
                    Evaluation(task: task, predictions: predictions, scores: scores, actual: actual),
                    toAgreeWith: reference)
            }
            let curve = CalibrationCurve(isPositive: actual.map { $0 == .integer(1) }, probabilities: probabilities)
            let expected = try #require(reference["curve"])
            #expect(curve.bins.map { Double($0.count) } == numbers(expected["counts"]))
            for (bin, (share, mean)) in zip(curve.bins, zip(numbers(expected["shares"]), numbers(expected["means"]))) {
                #expect(abs(bin.positiveShare - share) <= 1e-9)
                #expect(abs(bin.meanProbability - mean) <= 1e-9)
            }
        }
    }

    @Test func multiclassMetricsAgreeWithScikitLearn() throws {
        let task = Signature.Task(kind: .multiclass, classes: ["0", "1", "2", "3"])
        for reference in try cases("multiclass") {
            guard case .array(let rows)? = reference["probabilities"] else { continue }
            try expectMetrics(
                Evaluation(
                    task: task, predictions: [], scores: rows.map { numbers($0) }, actual: values(reference["actual"])),
                toAgreeWith: reference)
        }
    }

    @Test func regressionMetricsAgreeWithScikitLearn() throws {
        for reference in try cases("regression") {
            try expectMetrics(
                Evaluation(
                    task: Signature.Task(kind: .regression), predictions: values(reference["predicted"]),
                    actual: values(reference["actual"])),
                toAgreeWith: reference)
        }
    }

    @Test func aSingleClassLeavesRankingUndefinedAndTheRestDefined() {
        let evaluation = Evaluation(
            task: Signature.Task(kind: .binary, classes: ["No", "Yes"]), predictions: [.string("No"), .string("No")],
            scores: [[0.9, 0.1], [0.8, 0.2]], actual: [.string("No"), .string("No")])
        #expect(evaluation["roc_auc"] == .undefined(reason: "all rows are of one class"))
        #expect(evaluation["precision"] == .undefined(reason: "no row is predicted as 'Yes'"))
        #expect(evaluation["recall"] == .undefined(reason: "no row is of the class 'Yes'"))
        #expect(evaluation["accuracy"] == .value(1))
    }

    @Test func scoresThatAreNoProbabilitiesStillRank() {
        let evaluation = Evaluation(
            task: Signature.Task(kind: .binary, classes: ["a", "b"]), predictions: [.string("a"), .string("b")],
            scores: [[-3], [2.5]], actual: [.string("a"), .string("b")])
        #expect(evaluation["roc_auc"] == .value(1))
        #expect(evaluation["log_loss"].reason == "the scores are not probabilities between 0 and 1")
    }

    @Test func thePositiveClassCanBeTheFirst() {
        let task = Signature.Task(kind: .binary, classes: ["churn", "stay"], positiveClass: "churn")
        let evaluation = Evaluation(
            task: task, predictions: [.string("churn"), .string("stay"), .string("stay")],
            scores: [[0.9, 0.1], [0.4, 0.6], [0.2, 0.8]],
            actual: [.string("churn"), .string("churn"), .string("stay")])
        #expect(evaluation["recall"] == .value(0.5))
        #expect(evaluation["precision"] == .value(1))
        #expect(evaluation["roc_auc"] == .value(1))
    }

    @Test(arguments: [["0", "1"], ["False", "True"], ["false", "true"]])
    func truthNamesItsClassHoweverTheClassIsSpelled(classes: [String]) {
        let evaluation = Evaluation(
            task: Signature.Task(kind: .binary, classes: classes), predictions: classes.map { .string($0) },
            actual: [.boolean(false), .boolean(true)])
        #expect(evaluation["accuracy"] == .value(1))
        #expect(evaluation["roc_auc"] == .undefined(reason: "the model gives no scores"))
    }

    @Test func rowsWithoutUsableOutcomeAreSkippedAndCounted() {
        let evaluation = Evaluation(
            task: Signature.Task(kind: .binary, classes: ["0", "1"]),
            predictions: [.integer(1), .integer(1), .missing, .integer(0)],
            scores: [[0.2, 0.8], [0.2, 0.8], [0.2, 0.8], [0.6, 0.4]],
            actual: [.integer(1), .missing, .integer(1), .string("perhaps")])
        #expect(evaluation.rowCount == 1)
        #expect(evaluation.skippedCount == 3)
        let regression = Evaluation(
            task: Signature.Task(kind: .regression), predictions: [.number(1), .number(.infinity), .number(2)],
            actual: [.number(1), .number(1), .string("x")])
        #expect(regression.rowCount == 1)
        #expect(regression.skippedCount == 2)
        #expect(regression["rmse"] == .value(0))
        #expect(regression["r2"] == .undefined(reason: "all actual values are equal"))
    }

    @Test(arguments: [Signature.Task.Kind.binary, .multiclass, .regression])
    func withoutRowsEveryMetricHasAReason(_ kind: Signature.Task.Kind) {
        let task = Signature.Task(kind: kind, classes: kind == .regression ? [] : ["a", "b"])
        let evaluation = Evaluation(task: task, predictions: [], scores: nil, actual: [])
        #expect(!evaluation.metrics.isEmpty)
        #expect(evaluation.metrics.values.allSatisfy { $0.reason != nil })
    }

    @Test func aBinaryTaskWithThreeClassesIsExplained() {
        let evaluation = Evaluation(
            task: Signature.Task(kind: .binary, classes: ["a", "b", "c"]), predictions: [.string("a")],
            actual: [.string("a")])
        #expect(evaluation["accuracy"].reason == "a binary task has two classes, not 3: a, b, c")
        #expect(evaluation["no_such"].number == nil)
    }

    @Test func anEvaluationSurvivesJSONWithFiguresAndReasonsByName() throws {
        let evaluation = Evaluation(
            task: Signature.Task(kind: .regression), predictions: [.number(1)], actual: [.number(2)])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try encoder.encode(evaluation)
        #expect(
            String(decoding: data, as: UTF8.self) == """
                {"metrics":{"mae":1,"r2":{"undefined":"all actual values are equal"},"rmse":1},"rows":1,\
                "skipped_rows":0}
                """)
        #expect(try JSONDecoder().decode(Evaluation.self, from: data) == evaluation)
    }
}
