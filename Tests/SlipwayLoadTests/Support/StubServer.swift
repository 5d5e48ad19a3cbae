import NIOCore
import NIOHTTP1
import NIOPosix

/// A server that answers as a test wants, on a free port of this machine.
struct StubServer: Sendable {
    /// What is done about a request.
    enum Reply: Sendable {
        case answer(
            status: Int = 200, body: String = #"{"model":"m"}"#, after: TimeAmount = .zero, keepsAlive: Bool = true)
        case close
        case silence
    }

    let port: Int

    /// Serves while a body runs.
    static func with(
        _ reply: @escaping @Sendable (String) -> Reply, _ body: (StubServer) async throws -> Void
    ) async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(reply: reply))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(StubServer(port: channel.localAddress?.port ?? 0))
        } catch {
            try await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let reply: @Sendable (String) -> Reply
        private var text = ""

        init(reply: @escaping @Sendable (String) -> Reply) { self.reply = reply }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): text = "\(head.method) \(head.uri) \(head.headers["authorization"].joined()) "
            case .body(let part): text += String(buffer: part)
            case .end:
                switch reply(text) {
                case .answer(let status, let body, let delay, let keepsAlive):
                    context.eventLoop.assumeIsolated().scheduleTask(in: delay) {
                        self.answer(context, status, body, keepsAlive)
                    }
                case .close: context.close(promise: nil)
                case .silence: break
                }
            }
        }

        private func answer(_ context: ChannelHandlerContext, _ status: Int, _ body: String, _ keepsAlive: Bool) {
            var headers: HTTPHeaders = ["Content-Length": "\(body.utf8.count)"]
            if !keepsAlive { headers.add(name: "Connection", value: "close") }
            let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
