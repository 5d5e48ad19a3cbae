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

    @Test func whatIsLeftHoldsNoMoreThanItself() throws {
        var frames = MessageFrames(byteCountMax: 1 << 20)
        var read = ByteBuffer(repeating: 0, count: 64 << 10)
        read.moveReaderIndex(to: read.writerIndex - 1)
        frames.append(read)
        #expect(try frames.next() == nil)
        frames.keep()
        #expect(frames.heldByteCount < 100)
    }

    @Test func aStreamThatEndsWithinAMessageEachTimeHoldsOnlyThat() throws {
        let message = Self.framed([UInt8](repeating: 3, count: 1_000))
        var frames = MessageFrames(byteCountMax: 1 << 20)
        frames.append(ByteBuffer(bytes: message + [0]))
        for _ in 0..<1_000 {
            #expect(try frames.next()?.readableBytes == 1_000)
            frames.keep()
            frames.append(ByteBuffer(bytes: message.dropFirst() + [0]))
            #expect(frames.heldByteCount < 5_000)
        }
    }

    @Test func aLongMessageLeavesNothingBehindForTheShortOnesAfterIt() throws {
        var frames = MessageFrames(byteCountMax: 10 << 20)
        let bytes = Self.framed([UInt8](repeating: 3, count: 5 << 20)) + Self.framed([1, 2, 3]) + [0]
        for start in stride(from: 0, to: bytes.count, by: 16 << 10) {
            frames.append(ByteBuffer(bytes: bytes[start..<min(start + 16 << 10, bytes.count)]))
            frames.keep()
        }
        #expect(try frames.next()?.readableBytes == 5 << 20)
        #expect(frames.heldByteCount < 1_000)
        let short = try #require(try frames.next())
        #expect(Array(short.readableBytesView) == [1, 2, 3] && short.storageCapacity < 1_000)
        #expect(!frames.isEmpty && frames.heldByteCount < 1_000)
    }

    @Test func aShortMessageBeforeALongRestDoesNotHoldIt() throws {
        var frames = MessageFrames(byteCountMax: 1 << 20)
        frames.append(ByteBuffer(bytes: Self.framed([1])))
        frames.keep()
        frames.append(ByteBuffer(bytes: Self.framed([UInt8](repeating: 2, count: 100_000))))
        #expect(try frames.next()?.storageCapacity ?? 1_000 < 100)
        #expect(frames.holdsNext)
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
