import Foundation
import SlipwayData
import Testing

/// What scikit-learn and ONNX Runtime say about the models of `Tests/Fixtures/telco`.
enum ReferenceScores {
    /// The probability of churn of each customer of `rows.csv`, in order.
    static func probabilities(of model: String) throws -> [(customer: Int, probability: Double)] {
        let table = try CSVReader.table(parsing: Array(TelcoProject.fixture("probabilities.csv")))
        let keys = try #require(table["customer_id"])
        let scores = try #require(table[model])
        return try (0..<table.rowCount).map { row in
            let customer = try #require(keys[row].asNumber)
            let probability = try #require(scores[row].asNumber)
            return (Int(customer), probability)
        }
    }

    /// The metrics of a model on `rows.csv`.
    static func metrics(of model: String) throws -> (auc: Double, logLoss: Double) {
        let table = try CSVReader.table(parsing: Array(TelcoProject.fixture("metrics.csv")))
        let row = try #require((0..<table.rowCount).first { table["model"]?[$0].text == model })
        let auc = try #require(table["roc_auc"]?[row].asNumber)
        let logLoss = try #require(table["log_loss"]?[row].asNumber)
        return (auc, logLoss)
    }
}
