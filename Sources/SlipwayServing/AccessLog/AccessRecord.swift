import SlipwayAccess
public import SlipwayData

/// What the access log says of one request: enough to find it again, and nothing of what it asked.
public struct AccessRecord: Sendable {
    /// The most characters of a path that are kept.
    static let pathLengthMax = 200

    /// When it arrived.
    public var time: Timestamp
    /// The id that its answer named.
    public var requestID: String
    /// The trace that it belongs to.
    public var trace: TraceContext?
    /// The method, or what the protocol has for one.
    public var method: String
    /// The path without its query, in which keys may stand.
    public var path: String
    /// The protocol, for requests that predict.
    public var face: Call.Face?
    /// The model and the version that answers for it now.
    public var model: (name: String, version: Int)?
    /// The status of the answer.
    public var status: Int
    /// The kind of the error, if it was one.
    public var code: ServingError.Code?
    /// From its arrival to its answer.
    public var duration: Duration
    /// The bytes of its body, where it said so.
    public var requestByteCount: Int?
    /// The bytes of the answer's body, where they are known.
    public var responseByteCount: Int?
    /// Who called, such as `key 4k7q2m5x`; never a secret.
    public var caller: String?

    /// Makes a record of a request that was answered now.
    public init(
        requestID: String, method: String, path: String, status: Int, duration: Duration, at time: Timestamp = .now()
    ) {
        self.time = time.adding(milliseconds: -Int64(duration / .milliseconds(1)))
        self.requestID = requestID
        self.method = method
        self.path = path
        self.status = status
        self.duration = duration
    }

    /// The record as members of a JSON object; what is not known is left out.
    var json: JSONObject {
        var members: JSONObject = [
            "time": .string(time.description), "request_id": .string(requestID), "method": .string(method),
            "path": .string(String(KeySecret.redacted(path).prefix(Self.pathLengthMax))),
        ]
        members["protocol"] = face.map { .string($0.rawValue) }
        if let model {
            members["model"] = .string(model.name)
            members["version"] = .integer(Int64(model.version))
        }
        members["status"] = .integer(Int64(status))
        members["code"] = code.map { .string($0.rawValue) }
        members["duration_us"] = .integer(Int64(duration / .microseconds(1)))
        members["request_bytes"] = requestByteCount.map { .integer(Int64($0)) }
        members["response_bytes"] = responseByteCount.map { .integer(Int64($0)) }
        members["caller"] = caller.map(JSONValue.string)
        if let trace {
            members["trace_id"] = .string(trace.traceID)
            members["span_id"] = .string(trace.spanID)
            members["parent_span_id"] = .string(trace.parentID)
            members["sampled"] = .boolean(trace.isSampled)
        }
        return members
    }
}
