import HTTPTypes
import SlipwayServing

extension HTTPField.Name {
    /// The id of a request, which its caller may choose.
    static let requestID = known(RequestID.header)
    /// The trace of a request and the caller's place in it.
    static let traceParent = known(TraceContext.Header.parent)
    /// What tracing systems along the way add.
    static let traceState = known(TraceContext.Header.state)
    /// The server's own place in the trace.
    static let traceResponse = known(TraceContext.Header.response)

    /// A name that is spelled as the standard asks; one that is not would show as another in a test.
    private static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .userAgent }
}
