import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import NIOTLS

/// One connection to the server, kept open from answer to answer; it carries one request at a time.
///
/// It belongs to its event loop and is touched nowhere else.
final class LoadConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundOut = HTTPClientRequestPart

    /// What happens on a connection.
    enum Event {
        /// It can carry its first request.
        case ready
        /// The answer to its request came; who does not send on it again drops it.
        case answered(status: Int, body: ByteBuffer)
        /// It ended, without an answer if one was awaited.
        case ended(reason: String)
    }

    /// The largest answer that is kept, in bytes.
    static let answerByteCountMax = 64 << 20

    /// When the request that it carries was due.
    var due: UInt64 = 0
    /// Whether it carries a request.
    private(set) var isBusy = false
    private let isSecured: Bool
    private let report: (LoadConnection, Event) -> Void
    private var context: ChannelHandlerContext?
    private var status = 0
    private var keepsAlive = true
    private var body = ByteBuffer()
    private var reason = "the server closed the connection"

    private init(isSecured: Bool, report: @escaping (LoadConnection, Event) -> Void) {
        self.isSecured = isSecured
        self.report = report
    }

    /// Opens a connection; what becomes of it is reported on its event loop.
    static func open(
        to target: LoadTarget, on loop: any EventLoop, timeout: TimeAmount,
        report: @escaping (LoadConnection, Event) -> Void
    ) {
        let connection = LoadConnection(isSecured: target.tls != nil, report: report)
        let bound = NIOLoopBound(connection, eventLoop: loop)
        ClientBootstrap(group: loop)
            .connectTimeout(timeout)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls = target.tls { try pipeline.addHandler(Self.tlsHandler(tls, target.host)) }
                    try pipeline.addHTTPClientHandlers(enableOutboundHeaderValidation: false)
                    try pipeline.addHandler(bound.value)
                }
            }
            .connect(host: target.host, port: target.port).assumeIsolated().whenFailure { error in
                connection.report(connection, .ended(reason: Self.words(for: error)))
            }
    }

    private static func tlsHandler(_ context: NIOSSLContext, _ host: String) throws -> NIOSSLClientHandler {
        // The server's name is sent and compared; an address is neither.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }

    /// Sends a request.
    func send(_ head: HTTPRequestHead, _ body: ByteBuffer?) {
        guard let context else { return }
        isBusy = true
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if let body { context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    /// Ends the connection without a word about it.
    func drop() {
        isBusy = false
        let context = context
        self.context = nil
        context?.close(promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelActive(context: ChannelHandlerContext) {
        if !isSecured { report(self, .ready) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent { report(self, .ready) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            status = Int(head.status.code)
            keepsAlive = head.isKeepAlive
            body.clear()
        case .body(var part):
            guard body.readableBytes + part.readableBytes <= Self.answerByteCountMax else {
                reason = "an answer is larger than \(Self.answerByteCountMax >> 20) MiB"
                return context.close(promise: nil)
            }
            body.writeBuffer(&part)
        case .end:
            guard isBusy else { return }
            isBusy = false
            report(self, .answered(status: status, body: body))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        reason = Self.words(for: error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        guard self.context != nil else { return }
        self.context = nil
        report(self, .ended(reason: reason))
    }

    /// Whether the connection goes on after the answer that came.
    var isReusable: Bool { keepsAlive && context != nil }

    /// What failed in the handshake; the library's own words name its source files.
    private static func words(for error: NIOSSLError) -> String {
        let detail = "\(error)"
        if detail.contains("CERTIFICATE_VERIFY_FAILED") {
            return "its certificate is of no issuer that is trusted here, or is not good now"
        }
        if case .handshakeFailed = error, detail.contains("WRONG_VERSION_NUMBER") { return "it does not speak TLS" }
        switch error {
        case .unableToValidateCertificate, .noCertificateToValidate:
            return "its certificate is for another name, or of no issuer that is trusted here"
        case .handshakeFailed: return "the TLS handshake failed"
        default: return "the secured connection failed"
        }
    }

    private static func words(for error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { words(for: $0.error) } ?? "nothing is known by that name"
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case is ChannelError: "there is no answer in time"
        case let error as NIOSSLError: words(for: error)
        default: "\(error)"
        }
    }
}
