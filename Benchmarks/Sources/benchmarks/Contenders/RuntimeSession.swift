import CONNXRuntime
import Foundation
import SlipwayModel
import SlipwayONNXRuntime

/// A model in an ONNX Runtime session of one thread, called through the C interface with nothing around it.
///
/// Slipway's own adapter checks and copies tensors, which is not ONNX Runtime's cost; this is its bare call.
final class RuntimeSession {
    private let table: OrtTable
    private let session: OpaquePointer
    private var inputNames: [UnsafePointer<CChar>?]
    private var outputNames: [UnsafePointer<CChar>?]

    /// Opens the library and makes its environment once.
    ///
    /// - Throws: ``BenchmarkProblem`` when there is no library.
    static func library() throws -> (table: OrtTable, environment: OpaquePointer) {
        guard let path = Library.shared.path else { throw BenchmarkProblem(Library.shared.reason ?? "") }
        let getBase: UnsafeMutableRawPointer = try DynamicLibrary(path).function("OrtGetApiBase")
        guard let table = ortApiBase(getBase).flatMap({ ortTable($0) }) else {
            throw BenchmarkProblem("\(path) is too old")
        }
        var environment: OpaquePointer?
        try check(ortCreateEnv(table, Int32(ORT_LOG_FATAL), "benchmarks", &environment), table)
        guard let environment else { throw BenchmarkProblem("ONNX Runtime made no environment") }
        return (table, environment)
    }

    /// Loads a model.
    ///
    /// - Throws: ``BenchmarkProblem`` with the library's words when it refuses.
    init(_ bytes: Data, inputs: [String], outputs: [String]) throws {
        let (table, environment) = try Self.library()
        var options: OpaquePointer?
        try Self.check(ortCreateSessionOptions(table, &options), table)
        defer { options.map { ortRelease(table, ORT_RELEASE_SESSION_OPTIONS, UnsafeMutableRawPointer($0)) } }
        try Self.check(ortSetIntraOpThreads(table, options, 1), table)
        try Self.check(ortSetInterOpThreads(table, options, 1), table)
        var session: OpaquePointer?
        try bytes.withUnsafeBytes { bytes in
            try Self.check(
                ortCreateSession(table, environment, bytes.baseAddress, bytes.count, options, &session), table)
        }
        guard let session else { throw BenchmarkProblem("ONNX Runtime made no session") }
        self.table = table
        self.session = session
        inputNames = inputs.map { UnsafePointer(strdup($0)) }
        outputNames = outputs.map { UnsafePointer(strdup($0)) }
    }

    deinit {
        for name in inputNames + outputNames { free(UnsafeMutableRawPointer(mutating: name)) }
        ortRelease(table, ORT_RELEASE_SESSION, UnsafeMutableRawPointer(session))
    }

    /// Copies a tensor into a value of the library, which is never released: values serve until the process ends.
    ///
    /// - Throws: ``BenchmarkProblem`` for element types that the benchmarks do not need.
    func value(of tensor: Tensor, declared: ElementType) throws -> OpaquePointer {
        var allocator: OpaquePointer?
        try check(ortDefaultAllocator(table, &allocator))
        var value: OpaquePointer?
        let shape = tensor.shape.map(Int64.init)
        try check(ortCreateTensor(table, allocator, shape, shape.count, Int32(declared.rawValue), &value))
        guard let value else { throw BenchmarkProblem("ONNX Runtime made no tensor") }
        switch (tensor.elements, declared) {
        case (.string(let texts), _):
            let pointers = texts.map { UnsafePointer<CChar>(strdup($0)) }
            defer { for pointer in pointers { free(UnsafeMutableRawPointer(mutating: pointer)) } }
            try check(ortFillTexts(table, value, pointers, pointers.count))
        case (.float32(let values), .float32): try fill(value, values)
        case (.float64(let values), .float64): try fill(value, values)
        case (.int32(let values), .int32): try fill(value, values)
        case (.int64(let values), .int64): try fill(value, values)
        case (.bool(let values), .bool): try fill(value, values)
        default: throw BenchmarkProblem("inputs of type \(declared) are not measured")
        }
        return value
    }

    /// Runs the model once, and gives the outputs to a body before they are released.
    func run<Result>(_ inputs: [OpaquePointer?], _ body: ([OpaquePointer?]) throws -> Result) throws -> Result {
        var outputs = [OpaquePointer?](repeating: nil, count: outputNames.count)
        let status = ortRun(
            table, session, inputNames, inputs, inputs.count, outputNames, outputNames.count, &outputs)
        defer {
            for output in outputs { output.map { ortRelease(table, ORT_RELEASE_VALUE, UnsafeMutableRawPointer($0)) } }
        }
        try check(status)
        return try body(outputs)
    }

    /// The numbers of a tensor; none for texts, sequences, and types that the benchmarks do not compare.
    func numbers<Result>(
        _ value: OpaquePointer?, _ body: (_ floats: UnsafeBufferPointer<Float>, _ width: Int) -> Result
    ) throws -> Result? {
        var kind: Int32 = 0
        try check(ortValueKind(table, value, &kind))
        guard kind == Int32(ORT_KIND_TENSOR) else { return nil }
        var info: OpaquePointer?
        try check(ortTensorInfo(table, value, &info))
        defer { info.map { ortRelease(table, ORT_RELEASE_TENSOR_INFO, UnsafeMutableRawPointer($0)) } }
        var type: Int32 = 0
        var rank = 0
        try check(ortElementType(table, info, &type))
        guard type == Int32(ElementType.float32.rawValue) else { return nil }
        try check(ortRank(table, info, &rank))
        var dimensions = [Int64](repeating: 0, count: rank)
        try check(ortDimensions(table, info, &dimensions, rank))
        var data: UnsafeMutableRawPointer?
        try check(ortTensorData(table, value, &data))
        let count = Int(dimensions.reduce(1, *))
        let floats = UnsafeBufferPointer(start: UnsafePointer(data?.assumingMemoryBound(to: Float.self)), count: count)
        return body(floats, Int(dimensions.dropFirst().reduce(1, *)))
    }

    /// Reads the first number of a tensor without asking for its shape, as a program does that knows its model.
    func first(_ value: OpaquePointer?) -> Double {
        var data: UnsafeMutableRawPointer?
        guard ortTensorData(table, value, &data) == nil, let data else { return 0 }
        return Double(data.load(as: Float.self))
    }

    private func fill<Element: BitwiseCopyable>(_ value: OpaquePointer, _ elements: [Element]) throws {
        var data: UnsafeMutableRawPointer?
        try check(ortTensorData(table, value, &data))
        elements.withUnsafeBytes { bytes in
            if let data, let source = bytes.baseAddress { data.copyMemory(from: source, byteCount: bytes.count) }
        }
    }

    private func check(_ status: OpaquePointer?) throws { try Self.check(status, table) }

    private static func check(_ status: OpaquePointer?, _ table: OrtTable) throws {
        guard let status else { return }
        let message = ortErrorMessage(table, status).map { String(cString: $0) } ?? "no reason given"
        ortRelease(table, ORT_RELEASE_STATUS, UnsafeMutableRawPointer(status))
        let line = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        throw BenchmarkProblem("ONNX Runtime refused: \(line.prefix(160))")
    }
}
