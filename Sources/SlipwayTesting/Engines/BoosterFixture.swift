public import Foundation
public import SlipwayData
public import SlipwayModel

/// A model as a boosting library saved it, with rows and the answers of the library itself.
///
/// Beside the model `NAME.txt` lies `NAME.json` with `{"columns", "rows", "raw", "answers"}`. A row is a text with the
/// 16 hexadecimal digits of each number's bits, so that NaN, infinities, and the last digit survive; rows of models
/// with categories are lists of cells.
public struct BoosterFixture: Sendable, CustomStringConvertible {
    /// What is sent to the model.
    public enum Rows: Sendable {
        /// A matrix of doubles.
        case matrix(Tensor)
        /// Cells in the order of the model's features.
        case cells([[Value]])
    }

    /// The name of the files.
    public var name: String
    /// The bytes of the model.
    public var model: Data
    /// The rows.
    public var rows: Rows
    /// The sums of the trees, one list per row.
    public var raw: [[Double]]
    /// The library's predictions, one list per row.
    public var answers: [[Double]]

    /// The name, as test reports show it.
    public var description: String { name }

    /// Reads the fixture of a model.
    public init(model path: URL) throws {
        name = path.deletingPathExtension().lastPathComponent
        model = try Data(contentsOf: path)
        let file = path.deletingPathExtension().appendingPathExtension("json")
        let document = try JSONValue(parsing: String(decoding: Data(contentsOf: file), as: UTF8.self))
        raw = try Self.numbers(document["raw"])
        answers = try Self.numbers(document["answers"])
        guard case .array(let items)? = document["rows"], case .integer(let columns)? = document["columns"] else {
            throw DataError(.malformed, "\(name).json holds no rows")
        }
        if case .array? = items.first {
            rows = .cells(
                items.map { row in
                    guard case .array(let cells) = row else { return [] }
                    return cells.compactMap(\.asValue)
                })
        } else {
            let numbers = try Self.numbers(document["rows"])
            rows = .matrix(Tensor(shape: [numbers.count, Int(columns)], elements: .float64(numbers.flatMap(\.self))))
        }
    }

    /// Reads the fixtures of all models with an extension in a folder, in the order of their names.
    public static func all(in folder: URL, extension suffix: String) throws -> [BoosterFixture] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == suffix }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map(BoosterFixture.init(model:))
    }

    private static func numbers(_ rows: JSONValue?) throws -> [[Double]] {
        guard case .array(let items)? = rows else { throw DataError(.malformed, "there is no list of rows") }
        return try items.map { item in
            guard case .string(let text) = item else { throw DataError(.malformed, "a row is no text") }
            let digits = Array(text.utf8)
            return try stride(from: 0, to: digits.count, by: 16).map { start in
                let word = String(decoding: digits[start..<min(start + 16, digits.count)], as: UTF8.self)
                guard let bits = UInt64(word, radix: 16) else { throw DataError(.malformed, "'\(word)' is no number") }
                return Double(bitPattern: bits)
            }
        }
    }
}

extension BoosterFixture {
    /// The answers of an engine to the rows, by output.
    ///
    /// - Parameter graph: The model as a graph.
    public func outputs(of graph: Graph, by engine: any InferenceEngine) throws -> [String: Tensor] {
        let outputs: [PredictorOutput]
        switch rows {
        case .matrix(let matrix):
            outputs = try engine.load(graph).predict([graph.inputs[0].name: matrix])
        case .cells(let cells):
            let model = try Model(signature: Signature(deriving: graph), graph: graph, engines: [engine])
            outputs = try model.predict(rows: cells).outputs
        }
        return Dictionary(outputs.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
    }

    /// The largest difference between what an engine answered and what the library did, relative where numbers exceed 1;
    /// infinite where the outputs do not fit together.
    public static func largestDifference(_ found: Tensor?, from expected: [[Double]]) -> Double {
        let expected = expected.flatMap(\.self)
        guard let found = found?.asDoubles, found.count == expected.count else { return .infinity }
        return zip(found, expected).map { found, expected in
            if found == expected || (found.isNaN && expected.isNaN) { return 0 }
            let difference = abs(found - expected) / max(1, abs(expected))
            return difference.isNaN ? .infinity : difference
        }.max() ?? 0
    }
}
