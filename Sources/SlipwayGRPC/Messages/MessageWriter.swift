import GRPCCore
import SwiftProtobuf

/// Writes the message of an answer.
struct MessageWriter<Message: SwiftProtobuf.Message>: MessageSerializer {
    /// Writes a message.
    func serialize<Bytes: GRPCContiguousBytes>(_ message: Message) throws -> Bytes {
        let bytes: [UInt8] = try message.serializedBytes()
        return Bytes(bytes)
    }
}
