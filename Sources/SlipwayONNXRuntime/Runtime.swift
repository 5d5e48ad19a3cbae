import CONNXRuntime
import Foundation
import SlipwayModel

/// The library once opened: its function table and its environment.
struct Runtime: Sendable {
    private let environment: Handle

    var table: OrtTable { environment.table }

    /// Makes the environment; `nil` when the table is absent or the library refuses.
    init?(table: OrtTable?) {
        guard let table else { return nil }
        var pointer: OpaquePointer?
        // Every failure comes back as a status too; a line on standard error for each bad request would flood the log.
        let status = ortCreateEnv(table, Int32(ORT_LOG_FATAL), "slipway", &pointer)
        if let status { ortRelease(table, ORT_RELEASE_STATUS, UnsafeMutableRawPointer(status)) }
        guard let pointer else { return nil }
        environment = Handle(pointer, table: table, release: ORT_RELEASE_ENV)
    }

    /// Loads a model from its bytes.
    func session(of model: Data, threads: Int) throws(ModelError) -> Handle {
        let options = try make(ORT_RELEASE_SESSION_OPTIONS) { ortCreateSessionOptions(table, &$0) }
        try check(ortSetIntraOpThreads(table, options.pointer, Int32(clamping: threads)), .unsupportedModel)
        try check(ortSetInterOpThreads(table, options.pointer, 1), .unsupportedModel)
        return try make(ORT_RELEASE_SESSION, failing: .unsupportedModel) { pointer in
            model.withUnsafeBytes { bytes in
                ortCreateSession(
                    table, environment.pointer, bytes.baseAddress, bytes.count, options.pointer, &pointer)
            }
        }
    }

    /// Runs a session; the names and values of inputs match by position.
    func run(
        _ session: Handle, inputNames: CStrings, inputs: [Handle], outputNames: CStrings
    ) throws(ModelError) -> [Handle] {
        var outputs = [OpaquePointer?](repeating: nil, count: outputNames.count)
        let values = inputs.map { Optional($0.pointer) }
        let status = inputNames.withPointers { inputNames in
            outputNames.withPointers { outputNames in
                ortRun(
                    table, session.pointer, inputNames.baseAddress, values, values.count, outputNames.baseAddress,
                    outputs.count, &outputs)
            }
        }
        let owned = outputs.map { $0.map { Handle($0, table: table, release: ORT_RELEASE_VALUE) } }
        // The pointers in `values` must stay alive until the run has ended.
        try withExtendedLifetime(inputs) { () throws(ModelError) in try check(status, .inferenceFailed) }
        let complete = owned.compactMap(\.self)
        guard complete.count == outputNames.count else {
            throw ModelError(.inferenceFailed, "The model left an output empty.")
        }
        return complete
    }

    /// Owns what a creating function writes.
    func make(
        _ release: OrtRelease, failing kind: ModelError.Code = .inferenceFailed,
        by create: (inout OpaquePointer?) -> OpaquePointer?
    ) throws(ModelError) -> Handle {
        var pointer: OpaquePointer?
        try check(create(&pointer), kind)
        guard let pointer else { throw ModelError(kind, "ONNX Runtime returned no object.") }
        return Handle(pointer, table: table, release: release)
    }

    /// Throws what a status says, and releases it.
    func check(_ status: OpaquePointer?, _ kind: ModelError.Code = .inferenceFailed) throws(ModelError) {
        guard let status else { return }
        let owner = Handle(status, table: table, release: ORT_RELEASE_STATUS)
        let message = RuntimeMessage(
            ortErrorMessage(table, owner.pointer).map { String(cString: $0) } ?? "no reason given")
        let isCallersFault = ortErrorCode(table, owner.pointer) == ORT_STATUS_INVALID_ARGUMENT
        throw ModelError(
            kind == .inferenceFailed && isCallersFault ? .signatureMismatch : kind, message.text, hint: message.hint)
    }
}
