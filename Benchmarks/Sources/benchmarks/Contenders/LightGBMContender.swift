import Foundation

/// LightGBM, called through its C interface: `LGBM_BoosterPredictForMat`, and `…SingleRowFast` for one row.
///
/// Predictions and contributions are the same calls with another number for what is asked.
final class LightGBMContender: Contender {
    private typealias Load =
        @convention(c) (
            UnsafePointer<CChar>?, UnsafeMutablePointer<Int32>?, UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32
    private typealias ClassCount = @convention(c) (OpaquePointer?, UnsafeMutablePointer<Int32>?) -> Int32
    private typealias Predict =
        @convention(c) (
            OpaquePointer?, UnsafeRawPointer?, Int32, Int32, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>?,
            UnsafeMutablePointer<Int64>?, UnsafeMutablePointer<Double>?
        ) -> Int32
    private typealias Prepare =
        @convention(c) (
            OpaquePointer?, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>?,
            UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32
    private typealias PredictRow =
        @convention(c) (
            OpaquePointer?, UnsafeRawPointer?, UnsafeMutablePointer<Int64>?, UnsafeMutablePointer<Double>?
        ) -> Int32
    private typealias Free = @convention(c) (OpaquePointer?) -> Int32
    private typealias LastError = @convention(c) () -> UnsafePointer<CChar>?

    /// The library's numbers for float32, for all iterations, and for rows one after another.
    private static let (float32, allIterations, rowMajor): (Int32, Int32, Int32) = (0, -1, 1)
    /// The library's numbers for whole predictions and for contributions.
    private static let (normal, contributions): (Int32, Int32) = (0, 3)
    private static let settings = "num_threads=1"

    private let booster: OpaquePointer
    private let fast: OpaquePointer
    private let predict: Predict
    private let predictRow: PredictRow
    private let lastError: LastError
    private let freeBooster: Free
    private let freeFast: Free
    private let matrix: FlatRows
    private let outputs: UnsafeMutableBufferPointer<Double>
    private let width: Int
    private let asked: Int32

    /// Loads a model.
    ///
    /// - Parameter explains: Whether contributions are asked for in place of predictions.
    /// - Throws: ``BenchmarkProblem`` with the library's words.
    init(_ subject: Subject, path: String, library: DynamicLibrary, explains: Bool = false) throws {
        let load: Load = try library.function("LGBM_BoosterCreateFromModelfile")
        let classCount: ClassCount = try library.function("LGBM_BoosterGetNumClasses")
        let prepare: Prepare = try library.function("LGBM_BoosterPredictForMatSingleRowFastInit")
        predict = try library.function("LGBM_BoosterPredictForMat")
        predictRow = try library.function("LGBM_BoosterPredictForMatSingleRowFast")
        lastError = try library.function("LGBM_GetLastError")
        freeBooster = try library.function("LGBM_BoosterFree")
        freeFast = try library.function("LGBM_FastConfigFree")
        matrix = try subject.flatRows()
        asked = explains ? Self.contributions : Self.normal
        var (booster, fast): (OpaquePointer?, OpaquePointer?)
        var (iterations, classes): (Int32, Int32) = (0, 1)
        var status = load(path, &iterations, &booster)
        if status == 0 { status = classCount(booster, &classes) }
        if status == 0 {
            status = prepare(
                booster, asked, 0, Self.allIterations, Self.float32, Int32(matrix.width), Self.settings, &fast)
        }
        guard status == 0, let booster, let fast else {
            throw BenchmarkProblem("LightGBM refused: \(lastError().map { String(cString: $0) } ?? "")")
        }
        self.booster = booster
        self.fast = fast
        width = Int(classes) * (explains ? matrix.width + 1 : 1)
        outputs = .allocate(capacity: width * matrix.count)
        outputs.initialize(repeating: 0)
    }

    deinit {
        _ = freeFast(fast)
        _ = freeBooster(booster)
        outputs.deallocate()
    }

    func predictBatch() throws -> Double {
        var count: Int64 = 0
        let status = predict(
            booster, matrix.base, Self.float32, Int32(matrix.count), Int32(matrix.width), Self.rowMajor, asked, 0,
            Self.allIterations, Self.settings, &count, outputs.baseAddress)
        try check(status)
        return outputs[Int(count) - 1]
    }

    func predictRow(_ index: Int) throws -> Double {
        var count: Int64 = 0
        try check(predictRow(fast, matrix.row(index), &count, outputs.baseAddress))
        return outputs[Int(count) - 1]
    }

    func answers() throws -> [Double] {
        _ = try predictBatch()
        guard asked == Self.normal else {
            return Contributions.best(of: Array(outputs), rowCount: matrix.count, length: matrix.width + 1)
        }
        return (0..<matrix.count).map { outputs[$0 * width + width - 1] }
    }

    private func check(_ status: Int32) throws {
        guard status != 0 else { return }
        throw BenchmarkProblem("LightGBM refused: \(lastError().map { String(cString: $0) } ?? "")")
    }
}
