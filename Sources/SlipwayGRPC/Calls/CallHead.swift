import NIOHPACK
import SlipwayServing

/// What the head of a call says of it, and what the head of its answer says in return.
struct CallHead: Sendable {
    /// When it arrived.
    let started = ContinuousClock.now
    /// The method that is called.
    private(set) var path = ""
    /// Whether it is a call of gRPC with messages of Protocol Buffers.
    private(set) var isGRPC = false
    /// Whether it is posted, as all calls are.
    private(set) var isPosted = false
    /// Whether the messages may be compressed.
    private(set) var isCompressed = false
    /// How long the caller waits, as written.
    private(set) var timeout: String?
    /// Who calls, as `authorization` says it.
    private(set) var authorization: String?
    /// Who calls, as `x-api-key` says it.
    private(set) var apiKey: String?
    /// The id by which logs name the call: the caller's, or a new one.
    let requestID: String
    /// The trace that the call belongs to; `nil` when its caller is not traced.
    let trace: TraceContext?

    /// Reads a head; of headers that must stand once and do not, the values are joined, and then no key.
    init(_ headers: HPACKHeaders) {
        var (id, parents, states) = (String?.none, [String](), [String]())
        for (name, value, _) in headers {
            switch name {
            case ":path": path = value
            case ":method": isPosted = value == "POST"
            case "content-type": isGRPC = Self.isGRPC(value)
            case "grpc-encoding": isCompressed = value != "identity"
            case CallTimeout.header: timeout = Self.joined(timeout, value)
            case "authorization": authorization = Self.joined(authorization, value)
            case "x-api-key": apiKey = Self.joined(apiKey, value)
            case RequestID.header: id = Self.joined(id, value)
            case TraceContext.Header.parent: parents.append(value)
            case TraceContext.Header.state: states.append(value)
            default: break
            }
        }
        requestID = RequestID.taking(id)
        trace = TraceContext(parents: parents, states: states)
    }

    /// Adds what an answer says before its messages, and a refusal at its end.
    func write(into headers: inout HPACKHeaders) {
        // Each is another one: kept in the tables of headers, it would drive out those that come again.
        headers.add(name: RequestID.header, value: requestID, indexing: .nonIndexable)
        guard let trace else { return }
        headers.add(name: TraceContext.Header.response, value: trace.text, indexing: .nonIndexable)
        if let state = trace.state {
            headers.add(name: TraceContext.Header.state, value: state, indexing: .nonIndexable)
        }
    }

    private static func joined(_ first: String?, _ next: String) -> String {
        first.map { "\($0), \(next)" } ?? next
    }

    private static func isGRPC(_ contentType: String) -> Bool {
        if contentType == "application/grpc" { return true }
        let type = contentType.lowercased().prefix { $0 != ";" && $0 != " " }
        return type == "application/grpc" || type == "application/grpc+proto"
    }
}
