import Foundation
import NIOCore
import SlipwayServing
import SwiftProtobuf

/// Reads the messages of calls.
enum MessageReader {
    /// How deep messages may lie in each other; those of the protocol lie four deep.
    private static let options: BinaryDecodingOptions = {
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = 16
        // What is not known is neither kept nor written again.
        options.discardUnknownFields = true
        return options
    }()

    /// Reads a message.
    ///
    /// - Throws: `ServingError` of kind `malformed` for bytes that are no such message.
    static func message<Message: SwiftProtobuf.Message>(
        of bytes: ByteBuffer, as type: Message.Type = Message.self
    ) throws(ServingError) -> Message {
        do {
            return try bytes.withUnsafeReadableBytes { buffer in
                guard let start = buffer.baseAddress, !buffer.isEmpty else { return Message() }
                // The message copies what it keeps.
                let data = Data(
                    bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: buffer.count, deallocator: .none)
                return try Message(serializedBytes: data, options: options)
            }
        } catch {
            throw ServingError(
                .malformed, "the bytes are no \(Message.protoMessageName)",
                hint: "The messages are those of the Open Inference Protocol V2 over gRPC.")
        }
    }
}
