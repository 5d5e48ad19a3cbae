import HTTPTypes
import Hummingbird
import SlipwayAccess
import SlipwayServing

/// What is seen of a request from outside: its id and its trace, its line in the access log, and what it counts as.
struct Observation {
    let metrics: ServingMetrics
    let models: ServedModels
    let log: AccessLog?

    /// Takes the id and the trace that the caller gives.
    func begin(_ request: Request, _ context: inout ServingContext) {
        if let given = request.headers[.requestID] { context.requestID = RequestID.taking(given) }
        // Most callers are not traced; they pay for one look.
        guard request.headers[.traceParent] != nil else { return }
        context.trace = TraceContext(
            parents: request.headers[values: .traceParent], states: request.headers[values: .traceState])
    }

    /// Names the request in its answer, counts it, and logs it.
    ///
    /// - Parameters:
    ///   - failed: Why it was refused, if it was.
    ///   - face: The protocol of the route, if there is one and it predicts.
    func end(
        _ request: Request, _ context: ServingContext, _ response: inout Response, failed: ServingError?,
        face: Call.Face?, started: ContinuousClock.Instant
    ) {
        response.headers[.requestID] = context.requestID
        if let trace = context.trace {
            response.headers[.traceResponse] = trace.text
            response.headers[.traceState] = trace.state
        }
        guard failed != nil || log != nil else { return }
        let model = context.plainModelName.flatMap { models[$0] }.map { ($0.name, failed?.version ?? $0.number) }
        let duration = ContinuousClock.now - started
        if let face, let failed, failed.version == nil {
            metrics.calls.countRefusal(face, model, code: failed.kind, latency: duration)
        }
        guard let log else { return }
        var record = AccessRecord(
            requestID: context.requestID, method: String(request.method.rawValue.prefix(20)), path: request.uri.path,
            status: response.status.code, duration: duration)
        record.trace = context.trace
        record.face = face
        record.model = model
        record.code = failed?.kind
        record.requestByteCount = request.headers[.contentLength].flatMap { Int($0) }
        record.responseByteCount = response.body.contentLength
        record.caller = context.caller.label
        log.append(record)
    }
}
