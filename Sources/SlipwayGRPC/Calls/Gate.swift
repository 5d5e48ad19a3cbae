import GRPCCore
import Logging
import SlipwayAccess
import SlipwayServing

/// Stands before every method: lets in who may, turns every failure into a status, and counts every call.
struct Gate: Sendable {
    let gatekeeper: Gatekeeper
    let service: PredictionService
    let accessLog: AccessLog?
    let logger: Logger

    private static let authorization = "authorization"
    private static let apiKey = "x-api-key"
    /// The HTTP status that stands for an answer in metrics and logs.
    private static let answeredStatus = 200

    /// Answers a call.
    ///
    /// - Parameters:
    ///   - isOpen: Whether anybody may call, with nothing proved.
    ///   - answer: Answers the call of a caller that is known.
    /// - Throws: The status of a call that is not answered.
    func answer<Answer: Sendable>(
        _ method: MethodDescriptor, _ metadata: Metadata, isOpen: Bool,
        _ answer: @Sendable (inout AdmittedCall) async throws -> Answer
    ) async throws(RPCError) -> Answer {
        var seen = SeenCall(method, metadata)
        do {
            let deadline = try deadline(in: metadata, from: seen.started)
            let caller = isOpen ? .anyone : try await admit(metadata)
            guard isOpen || !service.gate.isFull else { throw service.gate.refusal }
            service.gate.enter()
            defer { service.gate.leave() }
            var call = Call(.inferenceGRPC, requestID: seen.requestID, deadline: deadline, caller: caller.label)
            call.trace = seen.trace
            var admitted = AdmittedCall(caller: caller, call: call)
            defer { seen.admitted = admitted }
            let given = try await answer(&admitted)
            seen.admitted = admitted
            seen.end(status: Self.answeredStatus, code: nil, service, accessLog)
            return given
        } catch let broken as RPCError {
            // What the transport says of a broken stream is said to nobody.
            seen.end(status: broken.code.httpStatus, code: nil, service, accessLog)
            throw broken
        } catch {
            let error = ServingError(error)
            let refusal = refusal(error, seen)
            seen.end(status: refusal.code.httpStatus, code: error.kind, service, accessLog)
            throw refusal
        }
    }

    /// Finds out who calls; nothing of the message is read before.
    ///
    /// - Throws: `ServingError` of kind `unauthenticated` or `rateLimited`.
    func admit(_ metadata: Metadata) async throws(ServingError) -> Principal {
        try await gatekeeper.admit(
            authorization: metadata.value(of: Self.authorization),
            apiKey: metadata.value(of: Self.apiKey))
    }

    private func deadline(
        in metadata: Metadata, from start: ContinuousClock.Instant
    ) throws(ServingError) -> ContinuousClock.Instant {
        let text = metadata.value(of: CallTimeout.header)
        return service.limits.deadline(from: start, timeout: try text.map(CallTimeout.duration))
    }

    private func refusal(_ error: ServingError, _ call: SeenCall) -> RPCError {
        service.metrics.countError(code: error.kind)
        if let cause = error.cause {
            logger.error(
                "a call failed",
                metadata: [
                    "method": "\(call.method.fullyQualifiedMethod)", "code": "\(error.code)", "cause": "\(cause)",
                    "caller": "\(call.admitted?.call.caller ?? "anyone")", "request": "\(call.requestID)",
                ])
        }
        return RPCError(error)
    }
}
