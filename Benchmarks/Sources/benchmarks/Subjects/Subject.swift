import Foundation
import SlipwayModel

/// A model with the rows that every contender answers.
struct Subject {
    /// The rows that are asked for one at a time, in turn; so many that no branch predictor learns them.
    static let singleRowCount = 2_000

    /// The name, as `--only` takes it.
    let name: String
    /// What the model is, in words.
    let title: String
    /// The folder with the model in the forms of all contenders; `nil` for a fixture, which exists as ONNX only.
    let folder: String?
    /// The inputs of the graph.
    let inputs: [GraphValue]
    /// The names of the outputs of the graph.
    let outputNames: [String]
    /// All rows as one tensor per input.
    let batch: [String: Tensor]
    /// Some of the rows, each as one tensor per input.
    let rows: [[String: Tensor]]
    /// What a row asks of the model; `nil` for a fixture.
    let work: Work?
    private let modelPath: String
    private let flat: (cells: [Float], width: Int)?

    /// The number of rows in the batch.
    var rowCount: Int { batch.values.first?.rowCount ?? 0 }

    /// Joins a model with rows.
    ///
    /// - Parameter flat: The same rows as float32 cells, where all inputs are numbers.
    /// - Throws: `ModelError` for a file that is no model.
    init(
        name: String, title: String, folder: String?, modelPath: String, batch: [String: Tensor],
        flat: (cells: [Float], width: Int)?, singleRowCount: Int = Self.singleRowCount,
        work: Work? = nil
    ) throws {
        let graph = try ONNXModel(contentsOf: modelPath).graph()
        (self.name, self.title, self.folder, self.modelPath) = (name, title, folder, modelPath)
        (inputs, outputNames) = (graph.inputs, graph.outputs.map(\.name))
        self.batch = batch
        self.flat = flat
        self.work = work
        let count = min(batch.values.first?.rowCount ?? 0, singleRowCount)
        rows = (0..<count).map { row in batch.mapValues { $0.selecting(rows: [row]) } }
    }

    /// The bytes of the ONNX file.
    func modelBytes() throws -> Data { try Data(contentsOf: URL(filePath: modelPath)) }

    /// The rows as float32 cells.
    ///
    /// - Throws: ``BenchmarkProblem`` when some input is a text.
    func flatRows() throws -> FlatRows {
        guard let flat else { throw BenchmarkProblem("this library reads numbers only") }
        return try FlatRows(flat.cells, width: flat.width)
    }

    /// Whether the folder holds the form of the model that a contender reads.
    func has(_ kind: ContenderKind) -> Bool {
        kind.fileName == "model.onnx" || fileByteCount(kind) != nil
    }

    /// The bytes of the file that a contender reads; `nil` when there is none.
    func fileByteCount(_ kind: ContenderKind) -> Int? {
        let path = kind.fileName == "model.onnx" ? modelPath : folder.map { "\($0)/\(kind.fileName)" }
        return path.flatMap { try? FileManager.default.attributesOfItem(atPath: $0)[.size] as? Int }
    }
}

extension Tensor {
    /// The tensor with the given rows, in the given order.
    func selecting(rows: [Int]) -> Tensor {
        let width = shape.dropFirst().reduce(1, *)
        func pick<Element>(_ array: [Element]) -> [Element] {
            rows.flatMap { array[$0 * width..<($0 + 1) * width] }
        }
        let picked: Elements =
            switch elements {
            case .float32(let array): .float32(pick(array))
            case .float64(let array): .float64(pick(array))
            case .int32(let array): .int32(pick(array))
            case .int64(let array): .int64(pick(array))
            case .bool(let array): .bool(pick(array))
            case .string(let array): .string(pick(array))
            }
        return Tensor(shape: [rows.count] + shape.dropFirst(), elements: picked)
    }
}
