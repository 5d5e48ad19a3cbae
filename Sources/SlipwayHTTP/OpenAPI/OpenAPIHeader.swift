import SlipwayData
import SlipwayServing

/// The headers that many operations share, which stand once among the components.
enum OpenAPIHeader: CaseIterable {
    case requestTimeout, requestID, traceParent
    case answeredID, traceResponse, traceState, cache, retryAfter, challenge, entityTag

    /// What callers may send with a request to predict.
    static let ofPredictions: [OpenAPIHeader] = [.requestTimeout, .requestID, .traceParent]
    /// What stands in every answer, or in that to a traced request.
    static let ofAnswers: [OpenAPIHeader] = [.answeredID, .traceResponse, .traceState]

    /// The header's name.
    var name: String {
        switch self {
        case .requestTimeout: "X-Request-Timeout"
        case .requestID, .answeredID: "X-Request-Id"
        case .traceParent: TraceContext.Header.parent
        case .traceResponse: TraceContext.Header.response
        case .traceState: TraceContext.Header.state
        case .cache: "Slipway-Cache"
        case .retryAfter: "Retry-After"
        case .challenge: "WWW-Authenticate"
        case .entityTag: "ETag"
        }
    }

    private var words: String {
        switch self {
        case .requestTimeout:
            "After how many seconds the caller waits no more, such as 0.25; the answer is then 504. "
                + "X-Envoy-Expected-Rq-Timeout-Ms says the same in milliseconds."
        case .requestID:
            "The id by which answer and logs name the request: up to 64 letters, digits, dots, dashes, and underscores. "
                + "Another one is replaced."
        case .traceParent: "The trace that the request belongs to (W3C Trace Context); an invalid one counts as none."
        case .answeredID: "The id by which logs name the request."
        case .traceResponse: "The server's place in the trace of a traced request."
        case .traceState: "What tracing systems added to a traced request, as it came."
        case .cache: "`hit` when the answer came from the cache."
        case .retryAfter: "After how many seconds to try again, where that is known."
        case .challenge: "What the server asks for (RFC 6750, 3)."
        case .entityTag: "The tag of the file, by which If-None-Match asks for a newer one."
        }
    }

    /// Seconds above zero; headers are texts, and a number's own spellings, such as `1e3`, are not taken.
    private static let secondsPattern =
        "^([0-9]{0,5}[1-9][0-9]{0,5}(\\.[0-9]{1,6})?|[0-9]{1,6}\\.[0-9]{0,5}[1-9][0-9]{0,2})$"

    private var schema: JSONObject {
        switch self {
        case .requestTimeout: ["type": "string", "pattern": .string(Self.secondsPattern)]
        case .retryAfter: OpenAPISchema.count
        case .cache: OpenAPISchema.oneOf(["hit"])
        default: OpenAPISchema.text
        }
    }

    /// The header of a request as a parameter.
    var parameter: OpenAPIParameter {
        OpenAPIParameter(name: name, place: .header, schema: schema, description: words)
    }

    /// The header of an answer, by its name.
    var ofAnswer: (name: String, value: JSONValue) {
        (name, .object(["$ref": .string("#/components/headers/\(name)")]))
    }

    /// The headers of answers as components.
    static var components: JSONObject {
        JSONObject(
            allCases.filter { !ofPredictions.contains($0) }.map {
                ($0.name, .object(["description": .string($0.words), "schema": .object($0.schema)]))
            })
    }
}
