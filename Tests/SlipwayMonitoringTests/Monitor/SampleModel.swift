import SlipwayData
import SlipwayModel

@testable import SlipwayMonitoring

/// A churn model with two inputs, whose traffic can be shifted.
struct SampleModel {
    static let start = SampleRecords.start

    var signature = Signature(
        inputs: [
            InputField(
                name: "tenure", type: .number, minimum: 0, maximum: 72, slot: .init(input: "x", index: 0),
                elementType: .float32),
            InputField(
                name: "contract", type: .string, categories: [.string("month"), .string("year")],
                slot: .init(input: "c", index: 0), elementType: .string),
        ],
        outputs: [
            OutputField(name: "label", elementType: .string, width: 1),
            OutputField(name: "probabilities", elementType: .float32, width: 2),
        ],
        task: Signature.Task(
            kind: .binary, predictionOutput: "label", scoreOutput: "probabilities", classes: ["No", "Yes"],
            positiveClass: "Yes", target: "churn"))

    /// A row whose values depend on its number alone: tenure 0...71 evenly, one contract in three by the year.
    struct Row {
        var tenure: Value
        var contract: Value
        var score: Double

        init(_ number: Int, tenureShift: Double = 0, contract: String? = nil) {
            let tenure = Double(number * 31 % 72)
            self.tenure = .number(tenure + tenureShift)
            self.contract = .string(contract ?? (number % 3 == 0 ? "year" : "month"))
            score = (72 - tenure) / 80
        }

        var label: String { score > 0.5 ? "Yes" : "No" }
    }

    func baseline(rows: Int) throws -> Baseline {
        let all = (0..<rows).map { Row($0) }
        return Baseline(
            inputs: try Table(columns: [
                Column(name: "tenure", values: .numbers(all.map { $0.tenure.asNumber ?? .nan })),
                Column(name: "contract", values: .strings(all.map(\.contract.text))),
            ]),
            outputs: try Table(columns: [
                Column(name: Baseline.predictionName, values: .strings(all.map(\.label))),
                Column(name: Baseline.scoreName, values: .numbers(all.map(\.score))),
            ]))
    }

    func records(_ rows: [Row], version: Int = 1, rowsPerRequest: Int = 1) -> [PredictionRecord] {
        rows.enumerated().map { number, row in
            let time = Self.start.adding(milliseconds: Int64(number) * 1_000)
            return PredictionRecord(
                id: PredictionID(time: time, sequence: 0, random: UInt64(number) << 2), time: time, model: "churn",
                version: version, row: number % rowsPerRequest,
                inputs: ["tenure": JSONValue(row.tenure), "contract": JSONValue(row.contract)],
                outputs: [
                    "label": .string(row.label),
                    "probabilities": .array([.number(1 - row.score), .number(row.score)]),
                ],
                latencyMicroseconds: 100 + number, source: .online)
        }
    }

    func report(
        _ rows: [Row], baseline: Baseline?, outcomes: JoinedOutcomes? = nil, version: Int? = nil
    ) -> MonitorReport {
        MonitorReport(
            records: records(rows), outcomes: outcomes, model: "churn", signature: signature, baseline: baseline,
            version: version)
    }

    /// The outcomes of the first rows, with the class that `truth` gives to a row's number.
    func outcomes(_ rows: [Row], truth: (Int) -> Value) -> JoinedOutcomes {
        var join = OutcomeJoin()
        let records = records(rows)
        for (number, record) in records.enumerated() {
            join.add(
                FeedbackRecord(
                    subject: .prediction(record.id), actual: truth(number), time: record.time.adding(milliseconds: 9)))
        }
        for record in records { join.match(record) }
        return join.finish()
    }
}
