import Foundation
import SlipwayEngines
import SlipwayModel

/// Slipway's native engine, called as the rest of Slipway calls it: tensors in, outputs out.
struct NativeContender: Contender {
    private let predictor: any Predictor
    private let batch: [String: Tensor]
    private let rows: [[String: Tensor]]

    /// Loads a model.
    ///
    /// - Throws: `ModelError` when the engine declines the model.
    init(_ subject: Subject) throws {
        predictor = try NativeEngine().load(ONNXModel(bytes: subject.modelBytes()).graph())
        batch = subject.batch
        rows = subject.rows
    }

    func predictBatch() throws -> Double { Self.last(of: try predictor.predict(batch)) }

    func predictRow(_ index: Int) throws -> Double { Self.last(of: try predictor.predict(rows[index])) }

    func answers() throws -> [Double] {
        guard let tensor = try predictor.predict(batch).last?.tensor, let numbers = tensor.asDoubles else { return [] }
        let width = tensor.shape.dropFirst().reduce(1, *)
        return stride(from: width - 1, to: numbers.count, by: max(width, 1)).map { numbers[$0] }
    }

    private static func last(of outputs: [PredictorOutput]) -> Double {
        switch outputs.last?.tensor.elements {
        case .float32(let values): Double(values.last ?? 0)
        case .float64(let values): values.last ?? 0
        default: 0
        }
    }
}
