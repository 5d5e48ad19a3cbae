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
    private let aligner: FrameAligner
    private let idleTime: TimeAmount
    private let drainTime: TimeAmount
    /// Whether a frame came; until then, bytes are no sign of anybody who speaks HTTP/2.
    private var hasBegun = false
    private var wasHeard = false
    private var isProving = false
    private var isEnding = false
    /// Whether the other end knows which call is the last.
    private var isLastKnown = false
    private var isClosing = false
    private var timer: Scheduled<Void>?

    init(of calls: CallHandler, behind aligner: FrameAligner, _ limits: ServingLimits) {
        self.calls = calls
        self.aligner = aligner
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
        guard !isEnding, hasBegun, wasHeard || !isProving else { return context.close(promise: nil) }
        isProving = !wasHeard
        wasHeard = false
        if isProving {
            write(.ping(Self.proof, ack: false), context)
            context.flush()
        }
        look(in: isProving ? min(Self.proofTime, idleTime) : idleTime, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent where !isEnding:
            isEnding = true
            // Those that are on their way are made again elsewhere by their callers, who read here that they may.
            aligner.lastStream = calls.lastStream
            write(.goAway(lastStreamID: calls.lastStream, errorCode: .noError, opaqueData: nil), context)
            write(.ping(Self.farewell, ack: false), context)
            context.flush()
            look(in: drainTime, context)
        case is StreamClosedEvent: closeIfIdle(context)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasBegun = true
        if case .ping(Self.farewell, ack: true) = unwrapInboundIn(data).payload, isEnding {
            isLastKnown = true
            closeIfIdle(context)
        }
        context.fireChannelRead(data)
    }

    private func closeIfIdle(_ context: ChannelHandlerContext) {
        guard isLastKnown, calls.isIdle, !isClosing else { return }
        isClosing = true
        // Behind the last answer, and when that has gone.
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.execute {
            let (keeper, context) = bound.value
            let gone = context.eventLoop.makePromise(of: Void.self)
            gone.futureResult.whenComplete { _ in bound.value.1.close(promise: nil) }
            keeper.write(.ping(Self.farewell, ack: false), context, gone)
            context.flush()
        }
    }

    private func write(
        _ payload: HTTP2Frame.FramePayload, _ context: ChannelHandlerContext, _ written: EventLoopPromise<Void>? = nil
    ) {
        context.write(wrapOutboundOut(HTTP2Frame(streamID: .rootStream, payload: payload)), promise: written)
    }
}
