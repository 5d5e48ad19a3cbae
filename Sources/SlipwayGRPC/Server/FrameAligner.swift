import NIOCore
import NIOHTTP2

/// Stands before the reader of frames and passes on whole ones only.
///
/// The reader lets go of what it has read when nothing is left over, and otherwise keeps all of it. So what is left over
/// waits here, as a copy: at most one frame. A read that ends with a frame is passed on as it is.
///
/// Once the connection is about to end, calls that came too late are kept from the reader, which would take their frames
/// for an error of the connection: their callers know that they are not answered.
final class FrameAligner: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The bytes that a connection begins with.
    private static let prefaceByteCount = 24
    /// The bytes before what a frame holds.
    private static let headByteCount = 9
    /// The most bytes that a frame may hold: what HTTP/2 begins with, and the server does not raise.
    static let payloadByteCountMax = 16 << 10

    /// The types of frames that a stream has which is not known, and the type of those that widen a window.
    private enum FrameType {
        static let data: UInt8 = 0
        static let reset: UInt8 = 3
        static let windowUpdate: UInt8 = 8
    }

    /// The last call that is answered; `nil` while all are.
    var lastStream: HTTP2StreamID?

    /// The beginning of a frame, in a buffer of its own.
    private var rest = ByteBuffer()
    private var hasBegun = false
    /// Whether a frame came that is too long, at which the reader ends the connection.
    private var isBroken = false
    /// The bytes of messages that were kept from the reader, for which their sender is to have as many again.
    private var droppedByteCount = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if rest.readableBytes > 0 {
            complete(from: &bytes)
            guard isBroken || byteCount(of: rest, at: rest.readerIndex).map({ rest.readableBytes >= $0 }) == true else {
                return
            }
            pass(rest, context)
            rest = ByteBuffer()
        }
        pass(bytes, context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if droppedByteCount > 0 { giveBack(context) }
        context.fireChannelReadComplete()
    }

    /// Adds to the frame that has begun what is missing of it.
    private func complete(from bytes: inout ByteBuffer) {
        if byteCount(of: rest, at: rest.readerIndex) == nil {
            take(Self.headByteCount - rest.readableBytes, from: &bytes)
        }
        guard let count = byteCount(of: rest, at: rest.readerIndex) else { return }
        take(count - rest.readableBytes, from: &bytes)
    }

    private func take(_ count: Int, from bytes: inout ByteBuffer) {
        guard var missing = bytes.readSlice(length: min(max(count, 0), bytes.readableBytes)) else { return }
        rest.writeBuffer(&missing)
    }

    /// How long the frame is that begins somewhere; `nil` until that is known.
    ///
    /// A frame that is too long has the length of its head: it is refused for that.
    private func byteCount(of bytes: ByteBuffer, at index: Int) -> Int? {
        guard hasBegun else { return Self.prefaceByteCount }
        guard let word = bytes.getInteger(at: index, as: UInt32.self), bytes.writerIndex - index >= Self.headByteCount
        else { return nil }
        let count = Int(word >> 8)
        guard count <= Self.payloadByteCountMax else {
            isBroken = true
            return Self.headByteCount
        }
        return Self.headByteCount + count
    }

    /// Passes on the whole frames of what arrived, and keeps the rest.
    private func pass(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        var (start, index) = (bytes.readerIndex, bytes.readerIndex)
        while index < bytes.writerIndex, !isBroken {
            guard let count = byteCount(of: bytes, at: index), count <= bytes.writerIndex - index else { break }
            if let lastStream, hasBegun, isTooLate(bytes, at: index, after: lastStream) {
                pass(bytes, start..<index, context)
                start = index + count
            }
            hasBegun = true
            index += count
        }
        if isBroken { index = bytes.writerIndex }
        pass(bytes, start..<index, context)
        if let left = bytes.getSlice(at: index, length: bytes.writerIndex - index), left.readableBytes > 0 {
            rest = ByteBuffer(buffer: left)
        }
    }

    private func pass(_ bytes: ByteBuffer, _ range: Range<Int>, _ context: ChannelHandlerContext) {
        guard !range.isEmpty, let whole = bytes.getSlice(at: range.lowerBound, length: range.count) else { return }
        context.fireChannelRead(wrapInboundOut(whole))
    }

    // MARK: Calls that came too late

    /// Whether a frame belongs to a call that is not answered.
    ///
    /// Heads are passed on all the same, since those that follow are read by what stood in them.
    private func isTooLate(_ bytes: ByteBuffer, at index: Int, after last: HTTP2StreamID) -> Bool {
        guard let type = bytes.getInteger(at: index + 3, as: UInt8.self),
            [FrameType.data, FrameType.reset, FrameType.windowUpdate].contains(type),
            let stream = bytes.getInteger(at: index + 5, as: UInt32.self),
            HTTP2StreamID(Int(stream & 0x7FFF_FFFF)) > last
        else { return false }
        if type == FrameType.data, let word = bytes.getInteger(at: index, as: UInt32.self) {
            droppedByteCount += Int(word >> 8)
        }
        return true
    }

    /// Tells the caller that the connection has room for as many bytes as were dropped, of which the reader does not know.
    private func giveBack(_ context: ChannelHandlerContext) {
        var frame = ByteBuffer()
        frame.writeBytes([0, 0, 4, FrameType.windowUpdate, 0, 0, 0, 0, 0])
        frame.writeInteger(UInt32(min(droppedByteCount, Int(Int32.max))))
        droppedByteCount = 0
        context.writeAndFlush(wrapOutboundOut(frame), promise: nil)
    }
}
