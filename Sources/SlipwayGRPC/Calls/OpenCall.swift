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

    /// What has arrived of the next message.
    var frames: MessageFrames
    /// The messages that have arrived and are not answered; none follows a refusal.
    var waiting = CircularBuffer<Result<ByteBuffer, ServingError>>()
    /// Takes the message of a call whose answer is being prepared before it is there.
    var arrival: EventLoopPromise<ByteBuffer>?
    /// What answers it now.
    var task: Task<Void, Never>?

    /// Whether the caller may send more.
    var isOpen: Bool
    /// Whether what the caller sends is read.
    var isReading = true
    /// Whether the answer is being prepared: that of the one message, or of the next one.
    var isAnswering = false
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

    /// Has it looked at; where that is to be sooner already, it is looked at then and again.
    func schedule(_ due: NIODeadline, on loop: any EventLoop, _ look: @escaping @Sendable () -> Void) {
        let isSooner = due < self.due
        self.due = due
        guard timer == nil || isSooner else { return }
        timer?.cancel()
        timer = loop.scheduleTask(deadline: due, look)
    }

    /// Why it is given up.
    func lateness(isEnding: Bool, _ limits: ServingLimits) -> ServingError {
        if let deadline, deadline <= .now() { return .deadlineExceeded }
        if isEnding {
            return ServingError(.notReady, "the server is about to end", hint: "Call again; another one may answer.")
        }
        return ServingError(
            .sentTooSlowly, "no message arrived within \(isStream ? limits.idleTime : limits.transferTime)",
            hint: "Send messages as a whole, and end a stream that is not needed.")
    }
}
