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

    /// The largest message that is taken, in bytes.
    let byteCountMax: Int
    private var bytes = ByteBuffer()

    init(byteCountMax: Int) { self.byteCountMax = byteCountMax }

    /// Whether nothing is left of a message that is not complete.
    var isEmpty: Bool { bytes.readableBytes == 0 }

    /// The bytes that the message at hand says to have; `nil` until it said so.
    var announcedByteCount: Int? {
        bytes.getInteger(at: bytes.readerIndex + 1, as: UInt32.self).map { Int($0) }
    }

    /// Adds bytes that arrived.
    mutating func append(_ arrived: ByteBuffer) {
        // Most messages come in one piece, which needs no copy.
        if isEmpty {
            bytes = arrived
        } else {
            bytes.writeImmutableBuffer(arrived)
        }
    }

    /// The next message; `nil` until all of it is there.
    ///
    /// - Throws: `ServingError`: kind `tooLarge` as soon as the length is known, `unsupportedMediaType` for a compressed
    ///   message.
    mutating func next() throws(ServingError) -> ByteBuffer? {
        guard let flag = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self),
            let count = announcedByteCount
        else { return nil }
        guard flag == 0 else { throw Self.compressed }
        guard count <= byteCountMax else {
            throw ServingError(
                .tooLarge, "the message has \(count) bytes, and \(byteCountMax) are the limit",
                hint: "Send the rows in several requests, or use slipway score.")
        }
        guard bytes.readableBytes >= Self.prefixByteCount + count else { return nil }
        bytes.moveReaderIndex(forwardBy: Self.prefixByteCount)
        return bytes.readSlice(length: count)
    }
}
