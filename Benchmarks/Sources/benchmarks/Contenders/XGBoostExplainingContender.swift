import Foundation

/// XGBoost's contributions through its C interface: `XGBoosterPredictFromDMatrix`, for which rows must be copied.
///
/// The matrices are made beforehand, one for the batch and one for each single row.
final class XGBoostExplainingContender: Contender {
    private typealias MakeMatrix =
        @convention(c) (
            UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32
    private typealias Predict =
        @convention(c) (
            OpaquePointer?, OpaquePointer?, UnsafePointer<CChar>?, UnsafeMutablePointer<UnsafePointer<UInt64>?>?,
            UnsafeMutablePointer<UInt64>?, UnsafeMutablePointer<UnsafePointer<Float>?>?
        ) -> Int32

    /// Exact contributions of all trees.
    private static let settings =
        #"{"type":2,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":true}"#

    private let booster: XGBoostContender
    private let predict: Predict
    private let matrix: FlatRows
    private let batch: OpaquePointer?
    private let rows: [OpaquePointer?]

    /// Loads a model.
    ///
    /// - Throws: ``BenchmarkProblem`` with the library's words.
    init(_ subject: Subject, path: String, library: DynamicLibrary) throws {
        let make: MakeMatrix = try library.function("XGDMatrixCreateFromDense")
        predict = try library.function("XGBoosterPredictFromDMatrix")
        let booster = try XGBoostContender(subject, path: path, library: library)
        let all = try subject.flatRows()
        func made(_ start: UnsafePointer<Float>, rows: Int) throws -> OpaquePointer? {
            var made: OpaquePointer?
            try booster.check(
                make(
                    XGBoostContender.interface(start, rows: rows, width: all.width), #"{"missing":NaN,"nthread":1}"#,
                    &made))
            return made
        }
        self.booster = booster
        matrix = all
        batch = try made(all.base, rows: all.count)
        rows = try subject.rows.indices.map { try made(all.row($0), rows: 1) }
    }

    func predictBatch() throws -> Double { try run(batch).last.map(Double.init) ?? 0 }

    func predictRow(_ index: Int) throws -> Double { try run(rows[index]).last.map(Double.init) ?? 0 }

    func answers() throws -> [Double] {
        Contributions.best(
            of: try run(batch).map(Double.init), rowCount: matrix.count, length: matrix.width + 1)
    }

    private func run(_ rows: OpaquePointer?) throws -> UnsafeBufferPointer<Float> {
        var shape: UnsafePointer<UInt64>?
        var rank: UInt64 = 0
        var answer: UnsafePointer<Float>?
        try booster.check(predict(booster.handle, rows, Self.settings, &shape, &rank, &answer))
        let count = (0..<Int(rank)).reduce(1) { $0 * Int(shape?[$1] ?? 0) }
        return UnsafeBufferPointer(start: answer, count: count)
    }
}
