import NIOCore
import NIOHTTP1

/// Says of each request whether its connection ends with it, in the one way that the rest of the pipeline reads.
///
/// HTTP/1.0 ends a connection unless it is asked to keep it, and `Connection` may be a list (RFC 9112, 9.3); behind this
/// handler the version is not known any more.
final class PersistenceHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), !head.isKeepAlive else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
