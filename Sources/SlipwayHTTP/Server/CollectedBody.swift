import HTTPTypes
import HummingbirdCore
import NIOCore

/// The body of an answer with all of its bytes.
struct CollectedBody: Sendable {
    private(set) var buffers: [ByteBuffer] = []

    /// The bytes of all of it.
    var byteCount: Int { buffers.reduce(0) { $0 + $1.readableBytes } }

    private final class Writer: ResponseBodyWriter {
        var buffers: [ByteBuffer] = []

        @concurrent
        func write(_ buffer: ByteBuffer) async throws { if buffer.readableBytes > 0 { buffers.append(buffer) } }

        @concurrent
        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    /// Asks an answer for its body; `nil` when it breaks off.
    @concurrent
    init?(of response: Response) async {
        let writer = Writer()
        do { try await response.body.write(writer) } catch { return nil }
        buffers = writer.buffers
    }
}
