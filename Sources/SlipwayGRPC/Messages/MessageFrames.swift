import NIOCore
import SlipwayServing

/// Takes the messages of a call out of its bytes: each stands behind a byte that says whether it is compressed, and
/// four that say its length.
///
/// Source: the specification of gRPC over HTTP2.
struct MessageFrames {
    /// The bytes before a message.
    static let prefixByteCount = 5

    /// What a compressed message is refused with: it would be inflated before it is known who calls.
    static let compressed = ServingError(
        .unsupportedMediaType, "the message is compressed", hint: "Send it as it is: grpc-encoding: identity.")

    /// How many times as large as what it holds a buffer may be.
    private static let slack = 4

    /// The largest message that is taken, in bytes.
    let byteCountMax: Int
    private var bytes = ByteBuffer()
    /// Whether the bytes lie in a buffer of their own, and not in that of all that was read with them.
    private var isOwn = true

    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    /// Whether nothing is left of a message that is not complete.
    var isEmpty: Bool { bytes.readableBytes == 0 }

    /// The bytes that the message at hand says to have; `nil` until it said so.
    var announcedByteCount: Int? {
        bytes.getInteger(at: bytes.readerIndex + 1, as: UInt32.self).map { Int($0) }
    }

    /// Whether the next message is there, or what it is refused for.
    var holdsNext: Bool {
        do throws(ServingError) {
            guard let count = try announced() else { return false }
            return isWhole(count)
        } catch {
            return true
        }
    }

    /// The bytes of memory that are held.
    var heldByteCount: Int { bytes.storageCapacity }

    /// Adds bytes that arrived; ``keep()`` is called when what is complete was taken.
    mutating func append(_ arrived: ByteBuffer) {
        // Most messages come in one piece, which needs no copy.
        if isEmpty {
            bytes = arrived
            isOwn = false
        } else {
            keep()
            // What was taken is let go of when it is more than what is left: so every byte is moved once at most.
            if bytes.readerIndex > bytes.readableBytes { bytes.discardReadBytes() }
            bytes.writeImmutableBuffer(arrived)
        }
    }

    /// Copies what is left, so that it does not hold all that was read with it.
    mutating func keep() {
        guard !isOwn else { return }
        bytes = isEmpty ? ByteBuffer() : ByteBuffer(buffer: bytes)
        isOwn = true
    }

    /// Lets go of everything.
    mutating func removeAll() {
        bytes = ByteBuffer()
        isOwn = true
    }

    /// Checks what is known of the message of a call that has one.
    ///
    /// - Throws: `ServingError` as ``next()`` does, and of kind `malformed` when more follows it.
    func checkSingle() throws(ServingError) {
        guard let count = try announced(), bytes.readableBytes > Self.prefixByteCount + count else { return }
        throw ServingError(.malformed, "the call has more than one message")
    }

    /// The next message; `nil` until all of it is there.
    ///
    /// - Throws: `ServingError`: kind `tooLarge` as soon as the length is known, `unsupportedMediaType` for a compressed
    ///   message.
    mutating func next() throws(ServingError) -> ByteBuffer? {
        guard let count = try announced(), isWhole(count) else { return nil }
        bytes.moveReaderIndex(forwardBy: Self.prefixByteCount)
        guard let message = bytes.readSlice(length: count) else { return nil }
        return isOwn ? parted(message) : message
    }

    /// The length of the message at hand, where it is known and fine.
    private func announced() throws(ServingError) -> Int? {
        guard let flag = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self),
            let count = announcedByteCount
        else { return nil }
        guard flag == 0 else { throw Self.compressed }
        guard count <= byteCountMax else {
            throw ServingError(
                .tooLarge, "the message has \(count) bytes, and \(byteCountMax) are the limit",
                hint: "Send the rows in several requests, or use slipway score.")
        }
        return count
    }

    private func isWhole(_ count: Int) -> Bool { bytes.readableBytes >= Self.prefixByteCount + count }

    /// Parts a message from the bytes after it, where one would hold much memory for the other.
    private mutating func parted(_ message: ByteBuffer) -> ByteBuffer {
        let capacity = bytes.storageCapacity
        let isSmall = message.readableBytes * Self.slack < capacity
        if isEmpty {
            bytes = ByteBuffer()
        } else if bytes.readableBytes * Self.slack < capacity {
            bytes = ByteBuffer(buffer: bytes)
        }
        return isSmall ? ByteBuffer(buffer: message) : message
    }
}
