import NIOCore
import SlipwayServing

/// A method of a service.
struct Method: Sendable {
    /// What an answer brings: a message as it travels, or nothing yet.
    typealias Outcome = Result<ByteBuffer?, CallStatus>

    /// How many messages a method takes and gives.
    enum Kind: Sendable {
        /// One message, and one answer.
        case single(@Sendable (CallHead, MessageArrival) async -> Outcome)
        /// Any number of messages, answered in their order; who calls is asked before the first.
        case stream(
            admit: @Sendable (CallHead) async -> Outcome,
            answer: @Sendable (CallHead, Result<ByteBuffer, ServingError>) async -> Outcome)
        /// One message, answered again and again until the caller has enough.
        case watch(@Sendable (CallHead, MessageArrival, @escaping Send) async -> CallStatus)
    }

    /// Sends an answer, and waits until it is written.
    typealias Send = @Sendable (ByteBuffer) async throws -> Void

    /// What a method is called.
    struct Name: Sendable {
        /// The name within the service.
        let method: String
        /// `service/method`, as logs have it.
        let full: String
        /// What the head of a call says.
        let path: String

        init(service: String, method: String) {
            self.method = method
            full = "\(service)/\(method)"
            path = "/\(full)"
        }
    }

    let name: Name
    let kind: Kind
}
