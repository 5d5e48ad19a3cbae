import NIOCore
import SlipwayServing
import SlipwayTesting
import Testing

@testable import SlipwayGRPC

struct MessageFramesTests {
    private static func framed(_ message: [UInt8]) -> [UInt8] {
        [0] + withUnsafeBytes(of: UInt32(message.count).bigEndian, Array.init) + message
    }

    @Test(arguments: [1, 2, 3, 7, 1_000]) func messagesAreWholeHoweverTheirBytesArrive(size: Int) throws {
        let messages: [[UInt8]] = [[], [1], Array(0..<200), [9, 9]]
        let bytes = messages.flatMap(Self.framed)
        var frames = MessageFrames(byteCountMax: 200)
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            frames.append(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            while let message = try frames.next() { found.append(Array(message.readableBytesView)) }
        }
        #expect(found == messages)
        #expect(frames.isEmpty)
    }

    @Test func aLengthBeyondTheLimitIsRefusedBeforeTheMessageIsThere() throws {
        var frames = MessageFrames(byteCountMax: 200)
        frames.append(ByteBuffer(bytes: [0, 0, 0, 0, 201]))
        #expect(frames.announcedByteCount == 201)
        let error = #expect(throws: ServingError.self) { _ = try frames.next() }
        #expect(error?.kind == .tooLarge)
    }

    @Test func aCompressedMessageIsRefused() {
        var frames = MessageFrames(byteCountMax: 200)
        frames.append(ByteBuffer(bytes: [1, 0, 0, 0, 1, 7]))
        let error = #expect(throws: ServingError.self) { _ = try frames.next() }
        #expect(error?.statusCode == .unimplemented)
    }

    @Test func damagedBytesAreMessagesOrARefusal() {
        var generator = SeededGenerator(seed: 23)
        let seed = Self.framed([1, 2, 3]) + Self.framed(Array(0..<100))
        for _ in 0..<20_000 {
            var frames = MessageFrames(byteCountMax: 200)
            frames.append(ByteBuffer(bytes: generator.mutating(seed)))
            do {
                while let message = try frames.next() { #expect(message.readableBytes <= 200) }
            } catch {
                #expect([.tooLarge, .unsupportedMediaType].contains(error.kind))
            }
        }
    }
}
