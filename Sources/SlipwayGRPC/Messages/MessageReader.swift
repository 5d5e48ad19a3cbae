import Foundation
import GRPCCore
import SlipwayServing
import SwiftProtobuf

/// Reads the message of a call, within the limit that bodies of requests have.
struct MessageReader<Message: SwiftProtobuf.Message>: MessageDeserializer {
    /// The largest message that is read, in bytes.
    let byteCountMax: Int

    /// How deep messages may lie in each other; those of the protocol lie four deep.
    private static var options: BinaryDecodingOptions {
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = 16
        // What is not known is neither kept nor written again.
        options.discardUnknownFields = true
        return options
    }

    /// Reads a message.
    ///
    /// - Throws: `ServingError`: kind `tooLarge`, or `malformed` for bytes that are no such message.
    func deserialize<Bytes: GRPCContiguousBytes>(_ bytes: Bytes) throws -> Message {
        guard bytes.count <= byteCountMax else {
            throw ServingError(
                .tooLarge,
                "the message has \(bytes.count) bytes, and \(byteCountMax) are the limit",
                hint: "Send the rows in several requests, or use slipway score.")
        }
        do {
            return try bytes.withUnsafeBytes { buffer in
                guard let start = buffer.baseAddress, !buffer.isEmpty else { return Message() }
                // The message copies what it keeps.
                let data = Data(
                    bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: buffer.count, deallocator: .none)
                return try Message(serializedBytes: data, options: Self.options)
            }
        } catch {
            throw ServingError(
                .malformed, "the bytes are no \(Message.protoMessageName)",
                hint: "The messages are those of the Open Inference Protocol V2 over gRPC.")
        }
    }
}
