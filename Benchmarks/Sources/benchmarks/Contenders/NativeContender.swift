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

    /// Loads a file of another library, which has one matrix of numbers as its input.
    ///
    /// - Throws: `ModelError` when the file is not read or the engine declines it, ``BenchmarkProblem`` for rows with
    ///   texts.
    init(_ subject: Subject, path: String) throws {
        let graph = try ONNXModel(bytes: ModelSource(bytes: Data(contentsOf: URL(filePath: path))).onnx).graph()
        guard graph.inputs.count == 1, let input = graph.inputs.first else {
            throw BenchmarkProblem("\(path) has several inputs")
        }
        let matrix = try subject.flatRows()
        func tensor(_ cells: some Collection<Float>) -> [String: Tensor] {
            let elements: Tensor.Elements =
                input.type.elementType == .float64 ? .float64(cells.map(Double.init)) : .float32(Array(cells))
            return [input.name: Tensor(shape: [cells.count / matrix.width, matrix.width], elements: elements)]
        }
        predictor = try NativeEngine().load(graph)
        batch = tensor(matrix.cells)
        rows = subject.rows.indices.map { tensor(matrix.cells[$0 * matrix.width..<($0 + 1) * matrix.width]) }
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
