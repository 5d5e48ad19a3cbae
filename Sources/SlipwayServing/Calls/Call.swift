/// One call of the service: by which protocol it came, under which id, and until when it is worth answering.
public struct Call: Sendable {
    /// The protocols by which the service is called; metrics count by them.
    public enum Face: String, Sendable, CaseIterable {
        /// Named fields at `/models/{m}/predict`.
        case rest
        /// The Open Inference Protocol over HTTP.
        case inferenceHTTP = "oip_http"
        /// The Open Inference Protocol over gRPC.
        case inferenceGRPC = "oip_grpc"
        /// MLflow's scoring protocol.
        case mlflow
        /// TensorFlow Serving's `:predict`.
        case tensorflow
    }

    /// The protocol.
    public var face: Face
    /// The id by which logs and the caller name this call.
    public var requestID: String
    /// When it arrived.
    public var started: ContinuousClock.Instant
    /// After this nobody waits for the answer; `nil` when the caller set no limit.
    public var deadline: ContinuousClock.Instant?
    /// How logs name the caller, such as `key 4k7q2m5x`, and never a secret; `nil` when nobody was asked.
    public var caller: String?
    /// The trace that it belongs to; `nil` when the caller is not traced.
    public var trace: TraceContext?
    /// The rows of the call whose features are not those that are stored, because the store could not answer.
    package var standIns: [Int: FeatureStandIn] = [:]

    /// Makes a call that arrives now.
    public init(
        _ face: Face, requestID: String, deadline: ContinuousClock.Instant? = nil, caller: String? = nil
    ) {
        self.face = face
        self.requestID = requestID
        self.deadline = deadline
        self.caller = caller
        started = .now
    }

    /// Refuses to go on with a call whose caller no longer waits.
    ///
    /// - Throws: ``ServingError`` of kind `deadlineExceeded` after the deadline.
    package func checkDeadline() throws(ServingError) {
        guard let deadline, deadline <= .now else { return }
        throw .deadlineExceeded
    }
}
