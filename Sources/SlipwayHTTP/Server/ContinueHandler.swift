import HTTPTypes
import NIOCore
import NIOHTTPTypes
import SlipwayServing

/// Tells a client that asks whether to send its body to go on (RFC 9110, 10.1.1).
///
/// Clients such as curl hold a large body back until then, or for a second. A body whose announced size is over the
/// limit is not asked for: the refusal comes at once.
final class ContinueHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private static let goOn = "100-continue"

    private let bodyByteCountMax: Int

    init(bodyByteCountMax: Int) { self.bodyByteCountMax = bodyByteCountMax }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), isAwaited(by: head) {
            context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
        }
        context.fireChannelRead(data)
    }

    private func isAwaited(by head: HTTPRequest) -> Bool {
        guard head.headerFields[.expect]?.lowercased() == Self.goOn else { return false }
        let size = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        return size <= bodyByteCountMax
    }
}
