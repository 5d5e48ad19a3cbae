import NIOCore
import NIOHTTP2
import SlipwayServing

/// Stands behind the calls of a connection and ends it: where nobody is at its other end any more, and when the server
/// is about to end and all calls are answered.
///
/// What is read costs nothing here but a mark, at which a timer looks now and then.
final class ConnectionKeeper: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    /// How long a connection that was silent may take to say that it is still there.
    static let proofTime = TimeAmount.seconds(20)

    private static let proof = HTTP2PingData(withInteger: 1)
    private static let farewell = HTTP2PingData(withInteger: 2)

    private let calls: CallHandler
    private let idleTime: TimeAmount
    private let drainTime: TimeAmount
    private var wasHeard = true
    private var isProving = false
    private var isEnding = false
    private var hasSaidLast = false
    private var timer: Scheduled<Void>?

    init(of calls: CallHandler, _ limits: ServingLimits) {
        self.calls = calls
        idleTime = TimeAmount(limits.idleTime)
        drainTime = TimeAmount(limits.drainTime)
    }

    func channelActive(context: ChannelHandlerContext) {
        look(in: idleTime, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        wasHeard = true
        context.fireChannelReadComplete()
    }

    private func look(in time: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: time) { bound.value.0.look(bound.value.1) }
    }

    private func look(_ context: ChannelHandlerContext) {
        guard !isEnding, wasHeard || !isProving else { return context.close(promise: nil) }
        isProving = !wasHeard
        wasHeard = false
        if isProving {
            write(.ping(Self.proof, ack: false), context)
            context.flush()
        }
        look(in: isProving ? Self.proofTime : idleTime, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent where !isEnding:
            isEnding = true
            // Calls that are on their way are taken: the last one is said when the caller knows that it is to be.
            write(.goAway(lastStreamID: .maxID, errorCode: .noError, opaqueData: nil), context)
            write(.ping(Self.farewell, ack: false), context)
            context.flush()
            look(in: drainTime, context)
        case is StreamClosedEvent: closeIfIdle(context)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .ping(Self.farewell, ack: true) = unwrapInboundIn(data).payload, isEnding, !hasSaidLast {
            hasSaidLast = true
            write(.goAway(lastStreamID: calls.lastStream, errorCode: .noError, opaqueData: nil), context)
            context.flush()
            closeIfIdle(context)
        }
        context.fireChannelRead(data)
    }

    private func closeIfIdle(_ context: ChannelHandlerContext) {
        guard hasSaidLast, calls.isIdle else { return }
        // What was written last is flushed after this.
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.execute { bound.value.close(promise: nil) }
    }

    private func write(_ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: payload)), promise: nil)
    }
}
