import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel

/// Slipway's explanations, called as a program calls them: rows of cells in, explanations out.
///
/// That includes a prediction of the row where there are several classes, for the class with the best score is the one
/// that is explained.
struct ExplainingContender: Contender {
    private let explainer: any Explainer
    private let rows: [[Value]]

    /// Loads a file of LightGBM or XGBoost, which counts its training rows.
    ///
    /// - Throws: `ModelError` when the file is not read or not explained.
    init(_ subject: Subject, path: String) throws {
        let graph = try ONNXModel(bytes: ModelSource(bytes: Data(contentsOf: URL(filePath: path))).onnx).graph()
        let model = try Model(signature: Signature(deriving: graph), graph: graph, engines: [NativeEngine()])
        explainer = try Explainers.explainer(of: graph, model: model)
        guard explainer.method == .trees else { throw BenchmarkProblem("\(path) is not explained exactly") }
        let matrix = try subject.flatRows()
        rows = (0..<matrix.count).map { row in
            (0..<matrix.width).map { .number(Double(matrix.cells[row * matrix.width + $0])) }
        }
    }

    func predictBatch() throws -> Double { try explainer.explain(rows).last?.score ?? 0 }

    func predictRow(_ index: Int) throws -> Double { try explainer.explain([rows[index]]).last?.score ?? 0 }

    func answers() throws -> [Double] {
        try explainer.explain(rows).flatMap { explanation in
            explanation.contributions.map(\.amount) + [explanation.base]
        }
    }
}
