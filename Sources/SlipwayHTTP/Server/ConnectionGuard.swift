import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import SlipwayData
import SlipwayServing

/// Stands at the front of each connection: refuses requests when there are too many, and gives up clients that send or
/// read too slowly.
///
/// A refusal is written here, on the event loop, before anything else is done for the request: it must cost less than
/// an answer. What health and metrics are asked for is always let in.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// The body of a request took too long to arrive.
    struct SentTooSlowly: Error {}

    /// What stands in metrics for the route of a request that is refused before its route is looked for.
    static let noRoute = "refused"

    private let gate: LoadGate
    private let metrics: ServingMetrics
    private let transferTime: TimeAmount
    private var state = ConnectionState()
    private var receiveTimer: Scheduled<Void>?
    private var writeTimer: Scheduled<Void>?
    private var closesAfterAnswer = false

    init(service: PredictionService) {
        gate = service.gate
        metrics = service.metrics
        transferTime = TimeAmount(service.limits.transferTime)
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    private func stop() {
        receiveTimer?.cancel()
        writeTimer?.cancel()
        count(state.close())
    }

    private func count(_ count: ConnectionState.Count) {
        switch count {
        case .enter: gate.enter()
        case .leave: gate.leave()
        case .none: break
        }
    }

    // MARK: Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            let isRefused = gate.isFull && !Self.isAlwaysLetIn(head)
            guard state.receiveHead(isRefused: isRefused) == .pass else { return refuse(head, context) }
        case .body:
            if state.isDropping { return }
        case .end:
            receiveTimer?.cancel()
            receiveTimer = nil
            let isDropped = state.isDropping
            count(state.receiveEnd())
            if isDropped { return }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most requests are there at once, and need no timer.
        if state.isReceiving, receiveTimer == nil {
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            receiveTimer = context.eventLoop.scheduleTask(in: transferTime) {
                let (handler, context) = bound.value
                handler.giveUpReceiving(context)
            }
        }
        context.fireChannelReadComplete()
    }

    private func giveUpReceiving(_ context: ChannelHandlerContext) {
        receiveTimer = nil
        if state.isDropping || state.isIdle { return context.close(promise: nil) }
        // Who reads the body gets the error, and answers it.
        closesAfterAnswer = true
        context.fireErrorCaught(SentTooSlowly())
    }

    private static func isAlwaysLetIn(_ head: HTTPRequest) -> Bool {
        guard head.method == .get || head.method == .head else { return false }
        return ServedRoute.terms(of: head.method, at: path(of: head))?.isVital ?? false
    }

    private static func path(of head: HTTPRequest) -> String { String((head.path ?? "").prefix { $0 != "?" }) }

    // MARK: Refusals

    private func refuse(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        // Whoever asked whether to send a body may or may not send it now.
        let closes = head.headerFields[.expect] != nil
        write(gate.refusal, as: ErrorShape(path: Self.path(of: head)), isHead: head.method == .head, closes, context)
    }

    /// What is no HTTP, or has too large a head, is answered as the rest is, and the connection closed.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let problem = error as? HTTPParserError, state.isIdle else { return context.fireErrorCaught(error) }
        var refusal = ServingError(.malformed, "the request is no HTTP/1.1")
        if case .headerOverflow = problem {
            refusal = ServingError(
                .headTooLarge, "the head of the request is larger than the limit",
                hint: "Send fewer or shorter header fields, or a shorter path.")
        }
        write(refusal, as: .slipway, isHead: false, true, context)
    }

    private func write(
        _ error: ServingError, as shape: ErrorShape, isHead: Bool, _ closes: Bool, _ context: ChannelHandlerContext
    ) {
        metrics.countError(code: error.kind)
        metrics.countRequest(route: Self.noRoute, model: "", status: error.status.code, seconds: nil)
        var bytes: [UInt8] = []
        let requestID = RequestID.next()
        shape.json(of: error, requestID: requestID).write(into: &bytes)
        bytes.append(0x0A)
        var response = HTTPResponse(status: error.status)
        response.headerFields[.contentType] = "application/json; charset=utf-8"
        response.headerFields[.contentLength] = "\(bytes.count)"
        response.headerFields[.cacheControl] = "no-store"
        response.headerFields[.requestID] = requestID
        if let seconds = error.retryAfterSeconds { response.headerFields[.retryAfter] = "\(seconds)" }
        if closes { response.headerFields[.connection] = "close" }
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if !isHead { context.write(wrapOutboundOut(.body(ByteBuffer(bytes: bytes))), promise: nil) }
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        if closes { close(context, after: written) }
    }

    // MARK: Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational && gate.isDraining:
            // The caller's next request must not meet a closed connection.
            closesAfterAnswer = true
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body: context.write(data, promise: promise)
        case .end:
            count(state.answer())
            guard closesAfterAnswer else { return context.write(data, promise: promise) }
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            context.writeAndFlush(data, promise: written)
            close(context, after: written)
        }
    }

    private func close(_ context: ChannelHandlerContext, after written: EventLoopPromise<Void>) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeTimer?.cancel()
        writeTimer = nil
        if !context.channel.isWritable {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            writeTimer = context.eventLoop.scheduleTask(in: transferTime) { bound.value.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }
}
