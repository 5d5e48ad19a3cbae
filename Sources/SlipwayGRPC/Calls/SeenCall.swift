import GRPCCore
import SlipwayServing

/// A call as it is seen from outside: its id, its trace, and what it came to.
struct SeenCall: Sendable {
    let method: MethodDescriptor
    let requestID: String
    /// The trace that it belongs to; `nil` when its caller is not traced.
    let trace: TraceContext?
    let started = ContinuousClock.now
    /// Who called and which model; `nil` before the caller is known.
    var admitted: AdmittedCall?

    /// The methods that predict.
    private static let predicting: Set = ["ModelInfer", "ModelStreamInfer"]

    init(_ method: MethodDescriptor, _ metadata: Metadata) {
        self.method = method
        requestID = RequestID.given(metadata.value(of: RequestID.header)) ?? RequestID.next()
        trace = TraceContext(
            parents: Array(metadata[stringValues: TraceContext.Header.parent]),
            states: Array(metadata[stringValues: TraceContext.Header.state]))
    }

    private var path: String { "/\(method.fullyQualifiedMethod)" }

    /// Counts the call, and writes its line of the access log.
    ///
    /// - Parameter code: Why it was refused, if it was.
    func end(status: Int, code: ServingError.Code?, _ service: PredictionService, _ log: AccessLog?) {
        let duration = ContinuousClock.now - started
        let model = admitted.flatMap { service.models[$0.model] }.map { ($0.name, $0.number) }
        service.metrics.countRequest(
            route: path, model: model?.0 ?? "", status: status, seconds: duration / .seconds(1))
        let face = Self.predicting.contains(method.method) ? Call.Face.inferenceGRPC : nil
        if let face, let code { service.metrics.calls.countRefusal(face, model, code: code) }
        guard let log else { return }
        var record = AccessRecord(
            requestID: requestID, method: "gRPC", path: path, status: status, duration: duration)
        record.trace = trace
        record.face = face
        record.model = model
        record.code = code
        record.caller = admitted?.call.caller
        log.append(record)
    }
}

extension Metadata {
    /// The value of a header; several are joined, and then no key and no id.
    func value(of name: String) -> String? {
        let values = Array(self[stringValues: name])
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
