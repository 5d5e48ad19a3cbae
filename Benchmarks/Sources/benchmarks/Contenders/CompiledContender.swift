import Foundation

/// The C code that TL2cgen wrote for a model, compiled: a function of one row, called in a loop for a batch.
final class CompiledContender: Contender {
    private typealias Count = @convention(c) () -> Int32
    private typealias ClassCounts = @convention(c) (UnsafeMutablePointer<Int32>?) -> Void
    private typealias TypeName = @convention(c) () -> UnsafePointer<CChar>?
    private typealias Predict = @convention(c) (UnsafeRawPointer?, Int32, UnsafeMutableRawPointer?) -> Void

    private let predict: Predict
    private let count: Int
    private let rows: UnsafeMutableRawBufferPointer
    private let rowByteCount: Int
    private let outputs: UnsafeMutableRawBufferPointer
    private let width: Int
    private let isDouble: Bool

    /// Opens a compiled model; its rows are laid out in the type that it compares in.
    ///
    /// - Throws: ``BenchmarkProblem`` for a library of another kind.
    init(_ subject: Subject, library: DynamicLibrary) throws {
        let targets: Count = try library.function("get_num_target")
        let classes: ClassCounts = try library.function("get_num_class")
        let threshold: TypeName = try library.function("get_threshold_type")
        let leaf: TypeName = try library.function("get_leaf_output_type")
        predict = try library.function("predict")
        guard targets() == 1, let comparedIn = threshold().map({ String(cString: $0) }),
            leaf().map({ String(cString: $0) }) == comparedIn
        else { throw BenchmarkProblem("TL2cgen compiled several targets, or two types") }
        var classCount: Int32 = 1
        classes(&classCount)
        let matrix = try subject.flatRows()
        isDouble = comparedIn == "float64"
        count = matrix.count
        width = Int(classCount)
        let byteCount = isDouble ? 8 : 4
        rowByteCount = matrix.width * byteCount
        rows = .allocate(byteCount: rowByteCount * matrix.count, alignment: 64)
        outputs = .allocate(byteCount: width * byteCount * matrix.count, alignment: 64)
        for (index, cell) in matrix.cells.enumerated() {
            // The code tells missing cells by a mark in place of the number, and these rows have none.
            guard !cell.isNaN else { throw BenchmarkProblem("rows with gaps are not laid out for TL2cgen") }
            if isDouble {
                rows.storeBytes(of: Double(cell), toByteOffset: index * byteCount, as: Double.self)
            } else {
                rows.storeBytes(of: cell, toByteOffset: index * byteCount, as: Float.self)
            }
        }
    }

    deinit {
        rows.deallocate()
        outputs.deallocate()
    }

    func predictBatch() throws -> Double {
        for row in 0..<count { run(row, into: row) }
        return output(count * width - 1)
    }

    func predictRow(_ index: Int) throws -> Double {
        run(index, into: 0)
        return output(width - 1)
    }

    func answers() throws -> [Double] {
        _ = try predictBatch()
        return (0..<count).map { output($0 * width + width - 1) }
    }

    private func run(_ row: Int, into place: Int) {
        let byteCount = width * (isDouble ? 8 : 4)
        let result = outputs.baseAddress?.advanced(by: place * byteCount)
        // The code adds to what it finds there.
        if let result { memset(result, 0, byteCount) }
        predict(rows.baseAddress?.advanced(by: row * rowByteCount), 0, result)
    }

    private func output(_ index: Int) -> Double {
        isDouble
            ? outputs.loadUnaligned(fromByteOffset: index * 8, as: Double.self)
            : Double(outputs.loadUnaligned(fromByteOffset: index * 4, as: Float.self))
    }
}
