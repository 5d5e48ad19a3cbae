import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import SlipwayServing

/// A connection that sends frames of HTTP/2 one by one, for what no well-behaved client of gRPC would send.
final class FrameClient: Sendable {
    /// What came back on one stream.
    struct Answer: Sendable {
        /// The heads and trailers, one after the other.
        var headers: [HPACKHeaders] = []
        /// The bytes of all messages with their prefixes.
        var bytes: [UInt8] = []
        /// Whether the server reset the stream.
        var isReset = false

        /// What the last of the headers says.
        subscript(name: String) -> String? { headers.last?.first(name: name) }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame

        private let frames: AsyncStream<HTTP2Frame>.Continuation

        init(_ frames: AsyncStream<HTTP2Frame>.Continuation) { self.frames = frames }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { frames.yield(unwrapInboundIn(data)) }

        func channelInactive(context: ChannelHandlerContext) { frames.finish() }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {}
    }

    /// The head of a prediction.
    static let predicting: HPACKHeaders = [
        ":method": "POST", ":scheme": "http", ":path": "/inference.GRPCInferenceService/ModelInfer",
        ":authority": "localhost", "content-type": "application/grpc", "te": "trailers",
    ]

    let channel: any Channel
    private let frames: AsyncStream<HTTP2Frame>

    /// Connects.
    ///
    /// - Parameter window: How many bytes of answers are taken without another word.
    init(port: Int, window: Int = 1 << 24) async throws {
        let (frames, continuation) = AsyncStream<HTTP2Frame>.makeStream()
        self.frames = frames
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOHTTP2Handler(
                            mode: .client,
                            initialSettings: [HTTP2Setting(parameter: .initialWindowSize, value: window)],
                            headerBlockValidation: .disabled, contentLengthValidation: .disabled),
                        Collector(continuation),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        try await send(.rootStream, .windowUpdate(windowSizeIncrement: 1 << 24))
    }

    func close() async { try? await channel.close() }

    /// Sends the head of a call.
    func begin(_ stream: HTTP2StreamID, _ headers: HPACKHeaders = predicting, ends: Bool = false) async throws {
        try await send(stream, .headers(.init(headers: headers, endStream: ends)))
    }

    /// Sends bytes of a call.
    func send(_ stream: HTTP2StreamID, _ bytes: [UInt8], ends: Bool = false) async throws {
        try await send(stream, .data(.init(data: .byteBuffer(ByteBuffer(bytes: bytes)), endStream: ends)))
    }

    func send(_ stream: HTTP2StreamID, _ payload: HTTP2Frame.FramePayload) async throws {
        try await channel.writeAndFlush(HTTP2Frame(streamID: stream, payload: payload))
    }

    /// Waits for the ends of streams; `nil` stands for one that did not end before the connection did.
    func answers(to streams: [HTTP2StreamID]) async -> [Answer?] {
        var (found, ended) = ([HTTP2StreamID: Answer](), Set<HTTP2StreamID>())
        for await frame in frames {
            switch frame.payload {
            case .headers(let headers):
                found[frame.streamID, default: Answer()].headers.append(headers.headers)
                if headers.endStream { ended.insert(frame.streamID) }
            case .data(let data):
                if case .byteBuffer(let bytes) = data.data {
                    found[frame.streamID, default: Answer()].bytes += Array(bytes.readableBytesView)
                }
            case .rstStream:
                found[frame.streamID, default: Answer()].isReset = true
                ended.insert(frame.streamID)
            default: break
            }
            if streams.allSatisfy(ended.contains) { break }
        }
        return streams.map { ended.contains($0) ? found[$0] : nil }
    }

    /// Waits for the end of one stream.
    func answer(to stream: HTTP2StreamID) async -> Answer? { await answers(to: [stream])[0] }

    /// Waits until the server says that the connection takes no more calls, and why.
    func farewell() async -> HTTP2ErrorCode? {
        for await frame in frames {
            if case .goAway(_, let code, _) = frame.payload { return code }
        }
        return nil
    }

    /// Sends bytes as they are on a connection of their own.
    static func send(_ bytes: [UInt8], to port: Int) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        try? await channel.close()
    }

    /// A message behind its length.
    static func framed(_ message: [UInt8], flag: UInt8 = 0) -> [UInt8] {
        [flag] + withUnsafeBytes(of: UInt32(message.count).bigEndian, Array.init) + message
    }
}
