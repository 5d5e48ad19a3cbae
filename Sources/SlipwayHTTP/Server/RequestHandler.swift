import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import SlipwayNetwork

/// Stands at the end of each connection and answers its requests, one after the other, each on a task of its own.
///
/// A connection that waits for its next request has no task, and so keeps nothing of the last one.
final class RequestHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Answers a request; every failure is an answer too.
    typealias Responder = @Sendable (Request, any Channel) async -> Response

    /// A body that announces this many bytes at most is awaited before its request is handled.
    static let awaitedByteCountMax = 16 << 10

    /// What arrives of the request at hand.
    private enum Arrival {
        /// Nothing more.
        case over
        /// Its body, before it is handled.
        case awaited(HTTPRequest, ByteBuffer)
        /// Its body, while it is handled.
        case streamed(BodyStream)
        /// The rest of its body, which its handler did not want.
        case unwanted
    }

    /// Why nothing more comes.
    private enum End {
        /// The caller said all that it wanted to say.
        case finished
        /// What came is no HTTP.
        case malformed
    }

    /// The connection ended before a body was complete.
    private struct BrokenOff: Error {}

    private let responder: Responder
    private var arrival = Arrival.over
    private var isAnswering = false
    /// What came behind the request at hand.
    private var waiting = CircularBuffer<HTTPRequestPart>()
    private var isReadHeld = false
    private var isReaderBusy = false
    /// Whether the connection is closed after the answer at hand, whatever waits.
    private var isLast = false
    private var end: End?

    init(responder: @escaping Responder) { self.responder = responder }

    // MARK: Arriving

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isAnswering, case .over = arrival { waiting.append(part) } else { take(part, context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        streamIfLong(context)
        context.fireChannelReadComplete()
    }

    private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch (part, arrival) {
        case (.head(let head), _): arrival = .awaited(head, ByteBuffer())
        case (.body(var bytes), .awaited(let head, var body)):
            // Most bodies come in one piece, which needs no copy.
            arrival = .over
            if body.readableBytes == 0 { body = bytes } else { body.writeBuffer(&bytes) }
            arrival = .awaited(head, body)
        case (.body(let bytes), .streamed(let stream)): isReaderBusy = !stream.add(bytes)
        case (.end, .awaited(let head, let body)):
            arrival = .over
            answer(Request(head: head, body: RequestBody(buffer: body)), on: EventLoopExecutor.shared, context)
        case (.end, .streamed(let stream)):
            arrival = .over
            isReaderBusy = false
            stream.end()
            if !isAnswering { goOn(context) }
        case (.end, .unwanted):
            arrival = .over
            if isLast { context.close(promise: nil) } else if context.channel.isWritable { goOn(context) }
        case (_, .over), (_, .unwanted): break
        }
    }

    /// Handles a request whose body may be long before all of it is there.
    ///
    /// Reading much takes long, so it is done away from the event loops.
    private func streamIfLong(_ context: ChannelHandlerContext) {
        guard case .awaited(let head, let body) = arrival else { return }
        let length = head.headerFields[.contentLength].flatMap { Int($0) } ?? .max
        guard length > Self.awaitedByteCountMax || isLast else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let stream = BodyStream { [loop = context.eventLoop] in
            loop.execute {
                let (handler, context) = bound.value
                handler.isReaderBusy = false
                handler.readIfHeld(context)
            }
        }
        arrival = .streamed(stream)
        if body.readableBytes > 0 { isReaderBusy = !stream.add(body) }
        answer(Request(head: head, body: stream.body), on: globalConcurrentExecutor, context)
    }

    // MARK: Answering

    private func answer(_ request: Request, on executor: any TaskExecutor, _ context: ChannelHandlerContext) {
        isAnswering = true
        if request.headers[.connection]?.lowercased() == "close" { isLast = true }
        let (responder, channel) = (responder, context.channel)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        Task(executorPreference: executor) {
            let response = await responder(request, channel)
            let body = await CollectedBody(of: response)
            let loop = channel.eventLoop
            if loop.inEventLoop {
                bound.value.0.write(response.head, body, bound.value.1)
            } else {
                loop.execute { bound.value.0.write(response.head, body, bound.value.1) }
            }
        }
    }

    private func write(_ head: HTTPResponse, _ body: CollectedBody?, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        isAnswering = false
        guard let body else { return context.close(promise: nil) }
        let closes = isLast || (end == .finished && waiting.isEmpty)
        var head = head
        if closes { head.headerFields[.connection] = "close" }
        if head.status == .noContent || head.status == .notModified {
            head.headerFields[.contentLength] = nil
        } else if head.headerFields[.contentLength] == nil {
            head.headerFields[.contentLength] = "\(body.byteCount)"
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        for bytes in body.buffers { context.write(wrapOutboundOut(.body(bytes)), promise: nil) }
        if case .streamed = arrival { return dropRest(context) }
        guard !closes else { return finish(context) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if context.channel.isWritable { goOn(context) }
    }

    /// Ends an answer that did not wait for all of its request, and lets the rest of that arrive unread.
    ///
    /// To close the connection at once would take the answer from a caller who is still sending.
    private func dropRest(_ context: ChannelHandlerContext) {
        arrival = .unwanted
        isReaderBusy = false
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        readIfHeld(context)
    }

    /// Takes what waited behind the request that is over.
    private func goOn(_ context: ChannelHandlerContext) {
        while !isAnswering, let part = waiting.popFirst() { take(part, context) }
        guard waiting.isEmpty else { return }
        if end != nil, !isAnswering { return windUp(context) }
        streamIfLong(context)
        readIfHeld(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable, !isAnswering, case .over = arrival { goOn(context) }
        context.fireChannelWritabilityChanged()
    }

    // MARK: Reading on

    private var mayRead: Bool { waiting.isEmpty && !isReaderBusy }

    func read(context: ChannelHandlerContext) {
        if mayRead { context.read() } else { isReadHeld = true }
    }

    private func readIfHeld(_ context: ChannelHandlerContext) {
        guard isReadHeld, mayRead else { return }
        isReadHeld = false
        context.read()
    }

    // MARK: The end

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            end = end ?? .finished
            if !isAnswering || isReading { windUp(context) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end = error is HTTPParserError ? .malformed : end ?? .finished
        if isReading || !isAnswering { windUp(context, error) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        waiting.removeAll()
        if case .streamed(let stream) = arrival { stream.end(BrokenOff()) }
        arrival = .over
        context.fireChannelInactive()
    }

    /// Whether a body is not complete.
    private var isReading: Bool {
        if case .over = arrival { false } else { true }
    }

    /// Ends a connection of which nothing more is read: a request whose body is not complete is answered first.
    private func windUp(_ context: ChannelHandlerContext, _ error: any Error = BrokenOff()) {
        isLast = true
        if case .unwanted = arrival { return context.close(promise: nil) }
        streamIfLong(context)
        if case .streamed(let stream) = arrival {
            arrival = .over
            isReaderBusy = false
            stream.end(error)
        } else if end == .malformed {
            let head = HTTPResponse(status: .badRequest, headerFields: [.connection: "close", .contentLength: "0"])
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            finish(context)
        } else {
            context.close(promise: nil)
        }
    }

    /// Closes the connection as soon as what was answered is written.
    private func finish(_ context: ChannelHandlerContext) {
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.close(promise: nil) }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    }
}
