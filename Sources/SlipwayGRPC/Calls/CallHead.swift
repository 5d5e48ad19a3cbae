import GRPCCore
import SlipwayServing

/// What the head of a call says of it, and what the head of its answer says in return.
struct CallHead: Sendable {
    /// What the caller sends before any message.
    let metadata: Metadata
    /// The id by which logs name the call: the caller's, or a new one.
    let requestID: String
    /// The trace that the call belongs to; `nil` when its caller is not traced.
    let trace: TraceContext?

    init(_ metadata: Metadata) {
        self.metadata = metadata
        requestID = RequestID.taking(Self.value(of: RequestID.header, in: metadata))
        trace = TraceContext(
            parents: Array(metadata[stringValues: TraceContext.Header.parent]),
            states: Array(metadata[stringValues: TraceContext.Header.state]))
    }

    /// The value of a header; several are joined, and then no key.
    subscript(name: String) -> String? { Self.value(of: name, in: metadata) }

    /// What an answer says before its messages, and a refusal at its end.
    var answer: Metadata {
        var answer: Metadata = [RequestID.header: .string(requestID)]
        if let trace {
            answer.addString(trace.text, forKey: TraceContext.Header.response)
            if let state = trace.state { answer.addString(state, forKey: TraceContext.Header.state) }
        }
        return answer
    }

    private static func value(of name: String, in metadata: Metadata) -> String? {
        let values = Array(metadata[stringValues: name])
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
