import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import SlipwayTLS

/// A connection that is secured before anything else is said on it.
struct TLSChannel<Base: HTTPChannelHandler>: HTTPChannelHandler {
    typealias Value = Base.Value

    let base: Base
    let identity: TLSIdentity

    var responder: Responder { base.responder }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: identity.context))
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    @concurrent
    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
