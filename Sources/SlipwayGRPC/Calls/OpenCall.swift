import NIOCore
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
}
