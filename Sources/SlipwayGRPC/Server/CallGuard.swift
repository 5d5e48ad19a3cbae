import GRPCCore
import GRPCNIOTransportHTTP2Posix
import NIOCore
import NIOHPACK
import NIOHTTP2
import SlipwayServing

/// Ends a call whose message does not arrive, so that nobody holds a place by sending slowly or nothing, and one whose
/// messages are too many bytes beside those of all other requests.
///
/// What has arrived counts until an answer is written or the call ends.
/// A single message has the time for transfers. A stream of messages may be silent for as long as a connection may; once
/// the server is about to end, hardly at all, since streams that are held open would keep it from ending.
final class CallGuard: ChannelDuplexHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias InboundOut = HTTP2Frame.FramePayload
    typealias OutboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    /// How long a stream of messages may be silent once the server is about to end.
    static let silenceAtEnd = TimeAmount.milliseconds(500)
    /// How long a caller has to read why its call was ended, before the call is reset: some clients, Google's own for
    /// C++ and Python among them, take a reset that comes with the trailers for all that was said.
    static let readingTime = TimeAmount.milliseconds(500)

    private let limits: ServingLimits
    private let metrics: ServingMetrics
    private let allowance: BodyAllowance
    private let streams: Set<String>
    private var timer: Scheduled<Void>?
    private var isStream = false
    private var isComplete = false
    private var isEnding = false
    private var hasBegunAnswer = false
    private var hasEnded = false

    /// Guards one call.
    ///
    /// - Parameter streams: The paths of the methods that take streams of messages.
    init(_ service: PredictionService, streams: Set<String>) {
        limits = service.limits
        metrics = service.metrics
        // The size of one message is for its reader, who knows where it begins and ends.
        allowance = BodyAllowance(byteCountMax: .max, budget: service.bodies)
        self.streams = streams
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        allowance.giveBack()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        allowance.giveBack()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if hasEnded { return }
        switch unwrapInboundIn(data) {
        case .headers(let head):
            if let path = head.headers.first(name: ":path"), streams.contains(path) { isStream = true }
            isComplete = head.endStream
        case .data(let data):
            isComplete = data.endStream
            do throws(ServingError) {
                try allowance.take(data.data.readableBytes)
            } catch {
                return end(context, error)
            }
        default: break
        }
        if isComplete {
            timer?.cancel()
        } else if isStream {
            expect(within: isEnding ? Self.silenceAtEnd : TimeAmount(limits.idleTime), context)
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most messages are there at once, and need no timer.
        if !isComplete, !hasEnded, timer == nil { expect(within: TimeAmount(limits.transferTime), context) }
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, !hasEnded {
            isEnding = true
            if isStream, !isComplete { expect(within: Self.silenceAtEnd, context) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !hasEnded else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .headers: hasBegunAnswer = true
        case .data: allowance.giveBack()
        default: break
        }
        context.write(data, promise: promise)
    }

    private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.end(context, self.silence) }
    }

    /// Why a call ends that is silent.
    private var silence: ServingError {
        isEnding
            ? ServingError(.notReady, "the server is about to end", hint: "Call again; another one may answer.")
            : ServingError(
                .sentTooSlowly, "no message arrived within \(isStream ? limits.idleTime : limits.transferTime)",
                hint: "Send messages as a whole, and end a stream that is not needed.")
    }

    /// Says why, and closes the call; its handler finds it broken off.
    private func end(_ context: ChannelHandlerContext, _ refusal: ServingError) {
        timer?.cancel()
        metrics.countError(code: refusal.kind)
        var trailers = HPACKHeaders()
        if !hasBegunAnswer {
            trailers.add(name: ":status", value: "200")
            trailers.add(name: "content-type", value: "application/grpc")
        }
        trailers.add(name: "grpc-status", value: String(refusal.rpcCode.rawValue))
        trailers.add(name: "grpc-message", value: refusal.message)
        for (name, value) in RPCError(refusal).metadata { trailers.add(name: name, value: value.encoded()) }
        hasEnded = true
        let frame = HTTP2Frame.FramePayload.headers(.init(headers: trailers, endStream: true))
        // A stream that is closed before its trailers are written is reset without them.
        context.writeAndFlush(wrapOutboundOut(frame)).assumeIsolated().whenComplete { _ in
            self.timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.readingTime) {
                context.close(promise: nil)
            }
        }
    }
}
