import NIOCore

/// Closes connections beyond a number as soon as they are accepted.
final class ConnectionLimit: ChannelInboundHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel

    private let countMax: Int
    private var count = 0

    init(countMax: Int) { self.countMax = countMax }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let connection = unwrapInboundIn(data)
        guard count < countMax else {
            connection.close(promise: nil)
            return
        }
        count += 1
        let this = NIOLoopBound(self, eventLoop: context.eventLoop)
        connection.closeFuture.hop(to: context.eventLoop).whenComplete { _ in this.value.count -= 1 }
        context.fireChannelRead(data)
    }
}
