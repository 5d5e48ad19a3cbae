import NIOCore
import SwiftProtobuf

/// Writes the messages of answers.
enum MessageWriter {
    /// A message as it travels, behind its length.
    static func frame(_ message: some SwiftProtobuf.Message) throws -> ByteBuffer {
        let bytes: [UInt8] = try message.serializedBytes()
        var frame = ByteBuffer()
        frame.reserveCapacity(MessageFrames.prefixByteCount + bytes.count)
        frame.writeInteger(UInt8(0))
        frame.writeInteger(UInt32(bytes.count))
        frame.writeBytes(bytes)
        return frame
    }
}
