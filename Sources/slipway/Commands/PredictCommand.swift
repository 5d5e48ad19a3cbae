import ArgumentParser
import Foundation
import SlipwayData
import SlipwayModel
import SlipwayServing

/// Predicts one record.
struct PredictCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Predict one record, and say why.",
        discussion: """
            Examples:
              slipway predict churn tenure=2 contract=Month-to-month
              slipway predict churn@3 --record '{"tenure": 2, "contract": "Month-to-month"}' --explain 3
              slipway predict model.onnx --record - < record.json

            The record is held to the same rules as by a server; nothing is logged.
            """)

    @OptionGroup var options: ModelOptions
    @Argument(help: "The fields of the record, as name=value.") var fields: [String] = []
    @Option(help: "The record as a JSON object, or - to read it from standard input.") var record: String?
    @Option(help: "How many reasons for the prediction to give.") var explain: Int?

    func validate() throws {
        guard fields.isEmpty != (record == nil) else {
            throw ValidationError("give the record as name=value fields, or as JSON with --record")
        }
        if let explain, !(1...PredictionService.reasonCountMax).contains(explain) {
            throw ValidationError("--explain takes 1 to \(PredictionService.reasonCountMax)")
        }
        if let odd = fields.first(where: { !$0.contains("=") }) {
            throw ValidationError("'\(odd)' is not a field as name=value")
        }
    }

    func run() async throws {
        let loaded = try options.locator().loaded(rows: nil)
        let signature = loaded.model.signature
        let row = try signature.cells(of: RecordText(signature: signature).record(json: record, fields: fields))
        let batch = try loaded.model.predict(rows: [row])
        let isRaw =
            loaded.graph.givesRawScores(in: signature.task.scoreOutput) || !batch.scoresMayBeProbabilities
        let members = PredictionAnswer.members(of: batch, row: 0, givesRawScores: isRaw)
        let explanation = try explain.map { _ in try loaded.explainer().explain([row])[0] }
        if options.json {
            var document = members
            document["explanation"] = explanation.map { .object($0.json(strongest: explain ?? 0, in: signature)) }
            try Terminal.print(.object(document))
        } else {
            try Terminal.write(PredictionText.text(of: members))
            if let explanation, let explain {
                try Terminal.write("\n" + PredictionText.text(of: explanation, strongest: explain, in: signature))
            }
        }
    }
}
