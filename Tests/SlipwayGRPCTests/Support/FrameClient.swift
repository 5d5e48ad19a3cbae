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

    private final class ByteCollector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let pieces: AsyncStream<ByteBuffer>.Continuation

        init(_ pieces: AsyncStream<ByteBuffer>.Continuation) { self.pieces = pieces }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { pieces.yield(unwrapInboundIn(data)) }

        func channelInactive(context: ChannelHandlerContext) { pieces.finish() }
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
                        NIOHTTP2Handler(mode: .client, connectionConfiguration: Self.http2(window: window)),
                        Collector(continuation),
                    ])
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        try await send(.rootStream, .windowUpdate(windowSizeIncrement: 1 << 24))
    }

    /// What HTTP/2 is spoken by: a client that does not check itself, and takes any number of answers to pings.
    private static func http2(window: Int) -> NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [HTTP2Setting(parameter: .initialWindowSize, value: window)]
        configuration.headerBlockValidation = .disabled
        configuration.contentLengthValidation = .disabled
        configuration.controlFrameRateLimit.windowLength = .nanoseconds(1)
        return configuration
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

    /// Sends bytes as they are, of which the client's own rules know nothing.
    func send(raw bytes: [UInt8]) async throws {
        let channel = channel
        try await channel.eventLoop.flatSubmit {
            let written = channel.eventLoop.makePromise(of: Void.self)
            do {
                let reader = try channel.pipeline.syncOperations.context(handlerType: NIOHTTP2Handler.self)
                reader.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: written)
            } catch {
                written.fail(error)
            }
            return written.futureResult
        }.get()
    }

    /// A frame as it travels.
    static func frame(_ type: UInt8, flags: UInt8 = 0, _ stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
        Array(withUnsafeBytes(of: UInt32(payload.count).bigEndian, Array.init).dropFirst()) + [type, flags]
            + withUnsafeBytes(of: stream.bigEndian, Array.init) + payload
    }

    /// The head of a prediction as a frame, which no table of headers remembers.
    static func rawHead(_ stream: UInt32) -> [UInt8] {
        func text(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }
        let path = text("/inference.GRPCInferenceService/ModelInfer")
        let type = text("application/grpc")
        let bytes = [0x83, 0x86, 0x04] + path + [0x01] + text("localhost") + [0x0F, 0x10] + type
        return frame(1, flags: 4, stream, bytes)
    }

    /// Waits for a number of answers to pings; `false` where the connection ended before.
    func pongs(_ count: Int) async -> Bool {
        var left = count
        guard left > 0 else { return true }
        for await frame in frames {
            if case .ping(_, ack: true) = frame.payload { left -= 1 }
            if left == 0 { return true }
        }
        return false
    }

    /// Waits until the server asks whether anybody is there; `false` where the connection ended before.
    func isPinged() async -> Bool {
        for await frame in frames {
            if case .ping(_, ack: false) = frame.payload { return true }
        }
        return false
    }

    /// Sends bytes on a connection of their own, and returns what the server says until it closes it.
    static func answer(to bytes: [UInt8], at port: Int) async throws -> [UInt8] {
        let (pieces, continuation) = AsyncStream<ByteBuffer>.makeStream()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { $0.pipeline.addHandler(ByteCollector(continuation)) }
            .connect(host: "127.0.0.1", port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        return await pieces.reduce(into: []) { $0 += Array($1.readableBytesView) }
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
