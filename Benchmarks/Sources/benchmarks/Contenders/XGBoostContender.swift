import Foundation

/// XGBoost, called through its C interface: `XGBoosterPredictFromDense`, which copies no rows.
final class XGBoostContender: Contender {
    private typealias Create =
        @convention(c) (
            UnsafePointer<OpaquePointer?>?, UInt64, UnsafeMutablePointer<OpaquePointer?>?
        ) -> Int32
    private typealias SetText =
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?
        ) -> Int32
    private typealias Load = @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> Int32
    private typealias Predict =
        @convention(c) (
            OpaquePointer?, UnsafePointer<CChar>?, UnsafePointer<CChar>?, OpaquePointer?,
            UnsafeMutablePointer<UnsafePointer<UInt64>?>?, UnsafeMutablePointer<UInt64>?,
            UnsafeMutablePointer<UnsafePointer<Float>?>?
        ) -> Int32
    private typealias Free = @convention(c) (OpaquePointer?) -> Int32
    private typealias LastError = @convention(c) () -> UnsafePointer<CChar>?

    /// Whole predictions of all trees; a row is missing where it is NaN.
    private static let settings =
        #"{"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":true,"missing":NaN,"#
        + #""cache_id":0}"#

    /// The library's own handle of the model.
    let handle: OpaquePointer
    private let predict: Predict
    private let lastError: LastError
    private let free: Free
    private let matrix: FlatRows
    private let batch: [CChar]
    private let rows: [[CChar]]

    /// Loads a model.
    ///
    /// - Throws: ``BenchmarkProblem`` with the library's words.
    init(_ subject: Subject, path: String, library: DynamicLibrary) throws {
        let create: Create = try library.function("XGBoosterCreate")
        let set: SetText = try library.function("XGBoosterSetParam")
        let load: Load = try library.function("XGBoosterLoadModel")
        predict = try library.function("XGBoosterPredictFromDense")
        lastError = try library.function("XGBGetLastError")
        free = try library.function("XGBoosterFree")
        matrix = try subject.flatRows()
        var booster: OpaquePointer?
        var status = create(nil, 0, &booster)
        if status == 0 { status = load(booster, path) }
        if status == 0 { status = set(booster, "nthread", "1") }
        guard status == 0, let booster else {
            throw BenchmarkProblem("XGBoost refused: \(lastError().map { String(cString: $0) } ?? "")")
        }
        handle = booster
        let all = matrix
        batch = Self.interface(all.base, rows: all.count, width: all.width)
        // Written beforehand: a program that keeps its rows in one buffer writes this text once.
        rows = (0..<subject.rows.count).map { Self.interface(all.row($0), rows: 1, width: all.width) }
    }

    deinit { _ = free(handle) }

    func predictBatch() throws -> Double { try run(batch) { $0[$1 - 1] } }

    func predictRow(_ index: Int) throws -> Double { try run(rows[index]) { $0[$1 - 1] } }

    func answers() throws -> [Double] {
        let count = matrix.count
        return try run(batch) { floats, total in
            let width = total / count
            return (0..<count).map { Double(floats[$0 * width + width - 1]) }
        }
    }

    private func run(_ values: [CChar], _ body: (UnsafePointer<Float>, Int) -> Float) throws -> Double {
        try run(values) { Double(body($0, $1)) }
    }

    private func run<Result>(_ values: [CChar], _ body: (UnsafePointer<Float>, Int) -> Result) throws -> Result {
        var shape: UnsafePointer<UInt64>?
        var rank: UInt64 = 0
        var answer: UnsafePointer<Float>?
        let status = predict(handle, values, Self.settings, nil, &shape, &rank, &answer)
        try check(status)
        guard let shape, let answer else { throw BenchmarkProblem("XGBoost gave no answer") }
        return body(answer, Int((0..<Int(rank)).reduce(1) { $0 * shape[$1] }))
    }

    /// Takes what a function of the library returned.
    ///
    /// - Throws: ``BenchmarkProblem`` with the library's words.
    func check(_ status: Int32) throws {
        guard status != 0 else { return }
        throw BenchmarkProblem("XGBoost refused: \(lastError().map { String(cString: $0) } ?? "")")
    }

    /// The text by which the library is told where rows lie, as NumPy's array interface has it.
    static func interface(_ rows: UnsafePointer<Float>, rows count: Int, width: Int) -> [CChar] {
        let address = UInt(bitPattern: rows)
        let text = #"{"data":[\#(address),true],"shape":[\#(count),\#(width)],"typestr":"<f4","version":3}"#
        return Array(text.utf8CString)
    }
}
