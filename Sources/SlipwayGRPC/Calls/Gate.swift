import Logging
import SlipwayAccess
import SlipwayServing

/// Stands before every method: lets in who may, turns every failure into a status, and counts every call.
struct Gate: Sendable {
    let gatekeeper: Gatekeeper
    let service: PredictionService
    let logger: Logger
    let accessLog: AccessLog?

    private var metrics: ServingMetrics { service.metrics }

    /// Answers a call.
    ///
    /// - Parameters:
    ///   - isOpen: Whether anybody may call, with nothing proved.
    ///   - started: When the call, or its message on a stream, arrived.
    ///   - receive: Waits for the message, which nobody reads of a caller that is not let in.
    ///   - answer: Answers the call of a caller that is known; until then it takes no place among those under way.
    /// - Throws: The status of a call that is not answered.
    func answer<Message: Sendable, Answer: Sendable>(
        _ method: Method.Name, _ head: CallHead, isOpen: Bool, since started: ContinuousClock.Instant,
        _ receive: @Sendable () async throws -> Message,
        with answer: @Sendable (Message, inout AdmittedCall) async throws -> Answer
    ) async throws(CallStatus) -> Answer {
        var admitted: AdmittedCall?
        do {
            let deadline = service.limits.deadline(
                from: started, timeout: try head.timeout.map(CallTimeout.duration))
            let caller = isOpen ? .anyone : try await admit(head)
            var call = Call(.inferenceGRPC, requestID: head.requestID, deadline: deadline, caller: caller.label)
            call.trace = head.trace
            var known = AdmittedCall(caller: caller, call: call)
            defer { admitted = known }
            let message = try await Self.received(receive)
            guard isOpen || !service.gate.isFull else { throw service.gate.refusal }
            service.gate.enter()
            defer { service.gate.leave() }
            let answer = try await answer(message, &known)
            count(method, known, head, since: started, status: 200)
            return answer
        } catch {
            let refusal = refusal(error, method, head, admitted)
            count(
                method, admitted, head, since: started, status: refusal.code.httpStatus,
                failed: error is CancellationError ? nil : ServingError(error))
            throw refusal
        }
    }

    /// Finds out who calls; nothing of the message is read before.
    ///
    /// - Throws: `ServingError` of kind `unauthenticated` or `rateLimited`.
    private func admit(_ head: CallHead) async throws(ServingError) -> Principal {
        try await gatekeeper.admit(authorization: head.authorization, apiKey: head.apiKey)
    }

    private func refusal(
        _ error: any Error, _ method: Method.Name, _ head: CallHead, _ call: AdmittedCall?
    ) -> CallStatus {
        if error is CancellationError { return .broken }
        let error = ServingError(error)
        metrics.countError(code: error.kind)
        if let cause = error.cause {
            logger.error(
                "a call failed",
                metadata: [
                    "method": "\(method.full)", "code": "\(error.code)", "cause": "\(cause)",
                    "caller": "\(call?.call.caller ?? "anyone")", "request_id": "\(head.requestID)",
                ])
        }
        return CallStatus(error)
    }

    /// Waits for a message; whatever else than a refusal of its bytes keeps it from arriving broke the call off.
    private static func received<Message>(_ receive: () async throws -> Message) async throws -> Message {
        do {
            return try await receive()
        } catch let refusal as ServingError {
            throw refusal
        } catch {
            throw CancellationError()
        }
    }

    private func count(
        _ method: Method.Name, _ call: AdmittedCall?, _ head: CallHead, since start: ContinuousClock.Instant,
        status: Int, failed: ServingError? = nil
    ) {
        let duration = ContinuousClock.now - start
        let model = call.flatMap { service.models[$0.model] }.map { ($0.name, failed?.version ?? $0.number) }
        metrics.countRequest(route: method.path, model: model?.0 ?? "", status: status, seconds: duration / .seconds(1))
        let face = InferenceMethods.predicting.contains(method.method) ? Call.Face.inferenceGRPC : nil
        if let face, let failed, failed.version == nil {
            metrics.calls.countRefusal(face, model, code: failed.kind, latency: duration)
        }
        guard let accessLog else { return }
        var record = AccessRecord(
            requestID: head.requestID, method: "POST", path: method.path, status: status, duration: duration)
        record.trace = head.trace
        record.face = face
        record.model = model
        record.code = failed?.kind
        record.caller = call?.call.caller
        accessLog.append(record)
    }
}
