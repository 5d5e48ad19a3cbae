import NIOCore
import NIOHPACK
import NIOHTTP2
import SlipwayNetwork
import SlipwayServing

/// Stands at the end of each connection and answers the calls on its streams, each message by a task of its own.
///
/// A call is an entry in a table and no channel: setting up a channel for each stream costs more than a prediction. It
/// ends when its message does not arrive in time, so that nobody holds a place by sending slowly or nothing. A stream of
/// messages may be silent for as long as a connection may; once the server is about to end, hardly at all, since streams
/// that are held open would keep it from ending.
final class CallHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias InboundOut = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    /// How many bytes a connection, and each call on it, may send before the server says that it may go on.
    static let windowByteCount = 1 << 20
    /// A message that announces this many bytes at most is awaited before its call is handled.
    static let awaitedByteCountMax = 16 << 10
    /// How long a stream of messages may be silent once the server is about to end.
    static let silenceAtEnd = TimeAmount.milliseconds(500)
    /// How long a caller has to read why its call was ended, before the call is reset: some clients, Google's own for
    /// C++ and Python among them, take a reset that comes with the trailers for all that was said.
    static let readingTime = TimeAmount.milliseconds(500)

    private let table: MethodTable
    private let service: PredictionService
    private let idleTime: TimeAmount
    private let transferTime: TimeAmount
    /// The stream of the last call that began.
    private(set) var lastStream = HTTP2StreamID.rootStream
    private var calls: [HTTP2StreamID: OpenCall] = [:]
    /// The calls that began since something was read.
    private var begun: [OpenCall] = []
    private var isEnding = false
    private var taskCount = 0
    private var isFlushDue = false

    init(_ table: MethodTable, service: PredictionService) {
        self.table = table
        self.service = service
        idleTime = TimeAmount(service.limits.idleTime)
        transferTime = TimeAmount(service.limits.transferTime)
    }

    /// Whether no call is under way.
    var isIdle: Bool { calls.isEmpty }

    /// Whether a call is not over.
    private func isOpen(_ call: OpenCall) -> Bool { calls[call.stream] === call }

    // MARK: Arriving

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.payload {
        case .headers(let headers):
            if let call = calls[frame.streamID] {
                if headers.endStream { endReading(call, context) }
            } else {
                begin(frame.streamID, headers, context)
            }
        case .data(let piece):
            guard let call = calls[frame.streamID], case .byteBuffer(let bytes) = piece.data else { return }
            read(bytes, of: call, ends: piece.endStream, context)
            if piece.endStream { endReading(call, context) }
        default: context.fireChannelRead(data)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most messages are there at once, and need no timer.
        for call in begun where call.isReading && call.timer == nil {
            if call.isStream { attend(call, context) } else { expect(call, within: transferTime, context) }
        }
        begun.removeAll(keepingCapacity: true)
        context.fireChannelReadComplete()
    }

    private func begin(
        _ stream: HTTP2StreamID, _ headers: HTTP2Frame.FramePayload.Headers, _ context: ChannelHandlerContext
    ) {
        let head = CallHead(headers.headers)
        let method = table[head.path]
        let call = OpenCall(stream, method, head, isOpen: !headers.endStream, service)
        calls[stream] = call
        lastStream = stream
        guard head.isGRPC, head.isPosted else {
            return finish(call, [":status": head.isPosted ? "415" : "405"], context)  // In the words of HTTP.
        }
        guard let method else {
            let refusal = ServingError(.unknownRoute, "the method \(head.path.prefix(200)) isn't implemented")
            service.metrics.countError(code: refusal.kind)
            return end(call, CallStatus(refusal), context)
        }
        if case .stream(let admit, _) = method.kind { run(call, context) { await admit(head) } }
        if call.isEndless, call.deadline != nil { rest(call, context) }
        if head.isCompressed {
            fail(call, MessageFrames.compressed, context)
        } else if headers.endStream {
            endReading(call, context)
        } else {
            begun.append(call)
        }
    }

    private func read(_ bytes: ByteBuffer, of call: OpenCall, ends: Bool, _ context: ChannelHandlerContext) {
        guard call.isReading, bytes.readableBytes > 0 else { return }
        do throws(ServingError) {
            try call.allowance.take(bytes.readableBytes)
            call.frames.append(bytes)
            if !call.isStream { try call.frames.checkSingle() }
        } catch {
            return fail(call, error, context)
        }
        // What is answered at once needs no copy.
        if call.isStream { goOn(call, context) }
        if call.isStream || !ends { call.frames.keep() }
        if !call.isStream, !ends, call.arrival == nil, !call.isAnswering,
            call.frames.announcedByteCount ?? 0 > Self.awaitedByteCountMax
        {
            // It is found out who calls before all of a long message is taken. Reading it takes long as well, so that
            // is done away from the event loops.
            let arrival = context.eventLoop.makePromise(of: ByteBuffer.self)
            call.arrival = arrival
            start(call, .coming(arrival.futureResult), on: globalConcurrentExecutor, context)
        }
    }

    /// Takes the end of what a caller sends.
    private func endReading(_ call: OpenCall, _ context: ChannelHandlerContext) {
        call.isOpen = false
        guard call.isReading else { return }
        call.isReading = false
        rest(call, context)
        if call.isStream { goOn(call, context) } else { deliver(call, context) }
    }

    /// Reads no more of a call, which is answered with a refusal when it comes to that.
    private func fail(_ call: OpenCall, _ refusal: ServingError, _ context: ChannelHandlerContext) {
        call.isReading = false
        rest(call, context)
        if !call.isStream { call.frames.removeAll() }
        call.refusal = refusal
        if call.isStream { goOn(call, context) } else { deliver(call, context) }
    }

    // MARK: Answering

    /// Hands the one message of a call to its method.
    private func deliver(_ call: OpenCall, _ context: ChannelHandlerContext) {
        let message = call.takeMessage() ?? .failure(OpenCall.cutShort)
        let result = message.mapError { $0 as any Error }
        if let arrival = call.arrival {
            call.arrival = nil
            arrival.completeWith(result)
        } else {
            start(call, .here(result), on: EventLoopExecutor.shared, context)
        }
    }

    private func start(
        _ call: OpenCall, _ arrival: MessageArrival, on executor: any TaskExecutor, _ context: ChannelHandlerContext
    ) {
        let head = call.head
        switch call.method?.kind {
        case .single(let answer): run(call, on: executor, context) { await answer(head, arrival) }
        case .watch(let answer):
            let bound = NIOLoopBound((self, call, context), eventLoop: context.eventLoop)
            let loop = context.eventLoop
            run(call, on: executor, context) {
                let status = await answer(head, arrival) { frame in
                    let written = loop.makePromise(of: Void.self)
                    loop.execute { bound.value.0.write(frame, bound.value.1, written, bound.value.2) }
                    try await written.futureResult.get()
                }
                return .failure(status)
            }
        case .stream, nil: break
        }
    }

    /// Answers the next message of a stream; one follows the other.
    private func goOn(_ call: OpenCall, _ context: ChannelHandlerContext) {
        guard !call.isAnswering, !call.hasEnded, case .stream(_, let answer) = call.method?.kind else { return }
        if let message = call.takeMessage() {
            let head = call.head
            run(call, context) { await answer(head, message) }
        } else if !call.isOpen {
            end(call, .answered, context)
        }
        if !call.hasEnded { attend(call, context) }
        widen(call, context)
    }

    private func run(
        _ call: OpenCall, on executor: any TaskExecutor = EventLoopExecutor.shared, _ context: ChannelHandlerContext,
        _ answer: @escaping @Sendable () async -> Method.Outcome
    ) {
        call.isAnswering = true
        taskCount += 1
        let bound = NIOLoopBound((self, call, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        call.task = Task(executorPreference: executor) {
            let outcome = await answer()
            if loop.inEventLoop {
                bound.value.0.take(outcome, of: bound.value.1, bound.value.2)
            } else {
                loop.execute { bound.value.0.take(outcome, of: bound.value.1, bound.value.2) }
            }
        }
    }

    private func take(_ outcome: Method.Outcome, of call: OpenCall, _ context: ChannelHandlerContext) {
        taskCount -= 1
        call.task = nil
        guard isOpen(call), !call.hasEnded else { return }
        switch outcome {
        case .failure(let status): end(call, status, context)
        case .success(let frame):
            guard call.isStream else {
                writeHead(of: call, context)
                if let frame { write(.data(.init(data: .byteBuffer(frame))), call.stream, nil, context) }
                return end(call, .answered, context)
            }
            // The next message waits until this answer is written, so that answers do not heap up.
            let written = context.eventLoop.makePromise(of: Void.self)
            let bound = NIOLoopBound((self, call, context), eventLoop: context.eventLoop)
            write(frame, call, written, context)
            written.futureResult.whenComplete { _ in
                let (handler, call, context) = bound.value
                call.isAnswering = false
                if handler.isOpen(call) { handler.goOn(call, context) }
            }
        }
    }

    /// Writes an answer of many; without one, the head alone.
    private func write(
        _ frame: ByteBuffer?, _ call: OpenCall, _ written: EventLoopPromise<Void>, _ context: ChannelHandlerContext
    ) {
        guard isOpen(call), !call.hasEnded else { return written.fail(ChannelError.ioOnClosedChannel) }
        writeHead(of: call, context)
        call.allowance.giveBack(call.answeringByteCount)
        call.answeringByteCount = 0
        guard let frame else {
            flush(context)
            return written.succeed()
        }
        call.readDue = .now() + transferTime
        let bound = NIOLoopBound(call, eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in bound.value.readDue = nil }
        write(.data(.init(data: .byteBuffer(frame))), call.stream, written, context)
        flush(context)
        attend(call, context)
    }

    /// Ends a call, and says how.
    private func end(_ call: OpenCall, _ status: CallStatus, _ context: ChannelHandlerContext) {
        finish(call, call.trailers(status), context)
    }

    private func finish(_ call: OpenCall, _ trailers: HPACKHeaders, _ context: ChannelHandlerContext) {
        call.hasEnded = true
        call.isReading = false
        call.frames.removeAll()
        call.task?.cancel()
        call.allowance.giveBack()
        write(.headers(.init(headers: trailers, endStream: true)), call.stream, nil, context)
        flush(context)
        // Who still sends, or does not read, does not do so for ever.
        if isOpen(call) {
            expect(call, within: call.isOpen || call.readDue != nil ? Self.readingTime : transferTime, context)
        }
    }

    // MARK: Frames

    private func writeHead(of call: OpenCall, _ context: ChannelHandlerContext) {
        guard !call.hasBegunAnswer else { return }
        call.hasBegunAnswer = true
        write(.headers(.init(headers: call.answerHead)), call.stream, nil, context)
    }

    private func write(
        _ payload: HTTP2Frame.FramePayload, _ stream: HTTP2StreamID, _ written: EventLoopPromise<Void>?,
        _ context: ChannelHandlerContext
    ) {
        context.write(wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: written)
    }

    /// Sends what is written, with the answers to other calls of the connection that are about to be ready.
    private func flush(_ context: ChannelHandlerContext) {
        guard taskCount > 0 else { return context.flush() }
        guard !isFlushDue else { return }
        isFlushDue = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.execute {
            bound.value.0.isFlushDue = false
            bound.value.1.flush()
        }
    }

    /// Lets the caller of a call go on sending; of a stream, while none of its messages waits.
    private func widen(_ call: OpenCall, _ context: ChannelHandlerContext) {
        guard let size = call.smallWindow, call.isReading, !call.isStream || !call.frames.holdsNext else { return }
        call.smallWindow = nil
        write(.windowUpdate(windowSizeIncrement: Self.windowByteCount - size), call.stream, nil, context)
        flush(context)
    }

    // MARK: Time

    /// Gives a call up when nothing is heard of it, or when its own time has passed.
    private func expect(_ call: OpenCall, within time: TimeAmount, _ context: ChannelHandlerContext) {
        schedule(call, min(.now() + time, call.hasEnded ? .distantFuture : call.deadline ?? .distantFuture), context)
    }

    /// Expects of the caller of a stream what it is its turn to do.
    private func attend(_ call: OpenCall, _ context: ChannelHandlerContext) {
        let silence = isEnding ? Self.silenceAtEnd : call.isStream ? idleTime : nil
        schedule(call, call.turnDue(silence: silence, transfer: transferTime), context)
    }

    /// Expects nothing of a call but its answer, for which streams have the time that their callers set.
    private func rest(_ call: OpenCall, _ context: ChannelHandlerContext) {
        if call.isEndless, let deadline = call.deadline {
            schedule(call, deadline, context)
        } else {
            call.timer?.cancel()
            call.timer = nil
        }
    }

    private func schedule(_ call: OpenCall, _ due: NIODeadline, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, call, context), eventLoop: context.eventLoop)
        call.schedule(due, on: context.eventLoop) {
            let (handler, call, context) = bound.value
            call.timer = nil
            guard handler.isOpen(call) else { return }
            // Where nothing is expected, it is looked at again when something is.
            if .now() < call.due { handler.schedule(call, call.due, context) } else { handler.giveUp(call, context) }
        }
    }

    private func giveUp(_ call: OpenCall, _ context: ChannelHandlerContext) {
        if call.hasEnded {
            write(.rstStream(.cancel), call.stream, nil, context)
            return flush(context)
        }
        let refusal = call.lateness(isEnding: isEnding, service.limits)
        guard call.isEndless else { return fail(call, refusal, context) }
        service.metrics.countError(code: refusal.kind)
        end(call, CallStatus(refusal), context)
    }

    // MARK: Events

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as NIOHTTP2WindowUpdatedEvent: take(event, context)
        case let event as StreamClosedEvent:
            calls.removeValue(forKey: event.streamID)?.close()
        case is ChannelShouldQuiesceEvent:
            isEnding = true
            for call in calls.values where call.isEndless && !call.hasEnded { attend(call, context) }
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func take(_ event: NIOHTTP2WindowUpdatedEvent, _ context: ChannelHandlerContext) {
        guard let size = event.inboundWindowSize, size < Self.windowByteCount / 2 else { return }
        if event.streamID == .rootStream {
            write(.windowUpdate(windowSizeIncrement: Self.windowByteCount - size), .rootStream, nil, context)
        } else if let call = calls[event.streamID] {
            call.smallWindow = size
            widen(call, context)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        for call in calls.values { call.close() }
        calls.removeAll()
        context.fireChannelInactive()
    }

    /// What breaks the rules of HTTP/2 beyond one stream ends the connection; its caller was told.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if !(error is NIOHTTP2Errors.StreamError) { context.close(promise: nil) }
    }
}
