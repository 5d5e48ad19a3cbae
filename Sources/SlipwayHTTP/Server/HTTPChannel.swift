import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import SlipwayServing
import SlipwayTLS

/// Sets up each connection: TLS where it is asked for, HTTP/1.1, the guards, and the one who answers.
struct HTTPChannel: ServerChildChannel {
    /// A connection that was accepted.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let service: PredictionService
    let identity: TLSIdentity?
    let responder: RequestHandler.Responder

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let (pipeline, limits) = (channel.pipeline.syncOperations, service.limits)
            if let identity { try pipeline.addHandler(NIOSSLServerHandler(context: identity.context)) }
            var decoderLimits = NIOHTTPDecoderLimitConfiguration()
            decoderLimits.maxHeaderFieldSize = limits.headerByteCountMax
            decoderLimits.maxHeaderListSize = limits.headerByteCountMax
            decoderLimits.maxHeaderFieldCount = limits.headerCountMax
            try pipeline.addHandlers([
                ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: decoderLimits)),
                MessageCodec(isSecure: identity != nil),
                ConnectionGuard(service: service),
                ContinueHandler(bodyByteCountMax: limits.bodyByteCountMax),
                HTTPConnectionStateHandler(idleTimeout: limits.idleTime, logger: logger),
                RequestHandler(responder: responder),
            ])
            return Value(channel: channel)
        }
    }

    /// Waits for the end of a connection, whose requests are answered by tasks of their own.
    @concurrent
    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
