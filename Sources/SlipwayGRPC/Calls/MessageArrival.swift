import NIOCore

/// The one message of a call, which is there, or comes while it is found out who calls.
enum MessageArrival: Sendable {
    /// All there, or refused, or broken off.
    case here(Result<ByteBuffer, any Error>)
    /// Still arriving.
    case coming(EventLoopFuture<ByteBuffer>)

    /// Waits for the message.
    ///
    /// - Throws: `ServingError` for what is refused, and any other error where the call was broken off.
    func message() async throws -> ByteBuffer {
        switch self {
        case .here(let message): try message.get()
        case .coming(let message): try await message.get()
        }
    }
}
