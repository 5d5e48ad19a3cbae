import NIOCore
import NIOHPACK
import NIOHTTP2
import SlipwayServing

/// A call on a stream of a connection, from its head to the end of both directions.
///
/// It belongs to the event loop of its connection and is touched nowhere else.
final class OpenCall {
    let stream: HTTP2StreamID
    /// `nil` for one that nobody answers.
    let method: Method?
    let head: CallHead
    /// The bytes that have arrived and are not answered.
    let allowance: BodyAllowance
    /// When its caller no longer waits.
    let deadline: NIODeadline?

    /// What has arrived of its messages and is not being answered.
    var frames: MessageFrames
    /// What it is refused with when the messages before are answered.
    var refusal: ServingError?
    /// Takes the message of a call whose answer is being prepared before it is there.
    var arrival: EventLoopPromise<ByteBuffer>?
    /// What answers it now.
    var task: Task<Void, Never>?

    /// Whether the caller may send more.
    var isOpen: Bool
    /// Whether what the caller sends is read.
    var isReading = true
    /// Whether the answer is being prepared or sent: that of the one message, or of the next one.
    var isAnswering = false
    /// The bytes of the message of a stream that is being answered.
    var answeringByteCount = 0
    /// Until when an answer that is written is to be read.
    var readDue: NIODeadline?
    /// Until when the next message of a stream is to be there, of which some has arrived.
    var messageDue: NIODeadline?
    /// Whether the head of the answer is written.
    var hasBegunAnswer = false
    /// Whether the answer is complete.
    var hasEnded = false
    /// How many bytes the caller may send before it is told to go on, where that has become little.
    var smallWindow: Int?

    /// When it is given up, or looked at again.
    var due = NIODeadline.distantFuture
    var timer: Scheduled<Void>?

    init(_ stream: HTTP2StreamID, _ method: Method?, _ head: CallHead, isOpen: Bool, _ service: PredictionService) {
        self.stream = stream
        self.method = method
        self.head = head
        self.isOpen = isOpen
        frames = MessageFrames(byteCountMax: service.limits.bodyByteCountMax)
        // The size of one message is for the frames, which know where it begins and ends.
        allowance = BodyAllowance(byteCountMax: .max, budget: service.bodies)
        let timeout = head.timeout.flatMap { try? CallTimeout.duration(of: $0) }
        deadline = timeout.map { .now() + TimeAmount($0) }
    }

    /// Whether it takes any number of messages.
    var isStream: Bool {
        if case .stream = method?.kind { true } else { false }
    }

    /// Whether it may go on for as long as its caller likes.
    var isEndless: Bool {
        if case .single = method?.kind { false } else { true }
    }

    /// What an answer says before its messages.
    var answerHead: HPACKHeaders {
        var headers = HPACKHeaders()
        headers.add(name: ":status", value: "200")
        headers.add(name: "content-type", value: "application/grpc")
        head.write(into: &headers)
        return headers
    }

    /// What an answer, or a refusal without one, says at its end.
    func trailers(_ status: CallStatus) -> HPACKHeaders {
        var trailers = HPACKHeaders()
        if !hasBegunAnswer {
            trailers.add(name: ":status", value: "200")
            trailers.add(name: "content-type", value: "application/grpc")
        }
        status.write(into: &trailers)
        if status.code != .answered { head.write(into: &trailers) }
        return trailers
    }

    /// The next message, or what it is refused with; `nil` until there is one.
    func takeMessage() -> Result<ByteBuffer, ServingError>? {
        do throws(ServingError) {
            if let message = try frames.next() {
                answeringByteCount = MessageFrames.prefixByteCount + message.readableBytes
                messageDue = nil
                return .success(message)
            }
            if refusal == nil, !isOpen, !frames.isEmpty { throw Self.cutShort }
            guard let refusal else { return nil }
            throw refusal
        } catch {
            isReading = false
            refusal = nil
            frames.removeAll()
            return .failure(error)
        }
    }

    /// What a call is refused with that ends within a message.
    static let cutShort = ServingError(.malformed, "the call ended before its message was complete")

    /// Until when its caller is to do what it is its turn to do: to read an answer, to send the rest of a message, or to
    /// say something; or until when it waits, where that is sooner.
    ///
    /// - Parameters:
    ///   - silence: How long it may say nothing; `nil` for ever.
    ///   - transfer: How long it may take for a message, of which the pieces give it no more time.
    func turnDue(silence: TimeAmount?, transfer: TimeAmount) -> NIODeadline {
        var due = readDue
        if due == nil, !isStream || !isAnswering && isReading {
            if isStream, !frames.isEmpty {
                messageDue = messageDue ?? .now() + transfer
                due = messageDue
            } else {
                due = silence.map { .now() + $0 }
            }
        }
        return min(due ?? .distantFuture, deadline ?? .distantFuture)
    }

    /// Has it looked at; where that is to be sooner already, it is looked at then and again.
    func schedule(_ due: NIODeadline, on loop: any EventLoop, _ look: @escaping @Sendable () -> Void) {
        let isSooner = due < self.due
        self.due = due
        guard due < .distantFuture, timer == nil || isSooner else { return }
        timer?.cancel()
        timer = loop.scheduleTask(deadline: due, look)
    }

    /// Lets go of everything once its stream is closed, by both sides' end or by one that broke it off.
    func close() {
        timer?.cancel()
        task?.cancel()
        arrival?.fail(CancellationError())
        arrival = nil
        allowance.giveBack()
    }

    /// Why it is given up.
    func lateness(isEnding: Bool, _ limits: ServingLimits) -> ServingError {
        if let deadline, deadline <= .now() { return .deadlineExceeded }
        if isEnding {
            return ServingError(.notReady, "the server is about to end", hint: "Call again; another one may answer.")
        }
        if readDue != nil {
            return ServingError(
                .sentTooSlowly, "an answer was not read within \(limits.transferTime)",
                hint: "Read the answers while you send, and end a stream that is not needed.")
        }
        let time = isStream && messageDue == nil ? limits.idleTime : limits.transferTime
        return ServingError(
            .sentTooSlowly, "no message arrived within \(time)",
            hint: "Send messages as a whole, and end a stream that is not needed.")
    }
}
