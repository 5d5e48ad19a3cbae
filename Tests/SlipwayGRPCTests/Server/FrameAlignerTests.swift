import NIOCore
import NIOEmbedded
import NIOHTTP2
import SlipwayTesting
import Testing

@testable import SlipwayGRPC

struct FrameAlignerTests {
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    private static func frame(_ type: UInt8, _ stream: UInt32, byteCount: Int) -> [UInt8] {
        let head = [UInt8(byteCount >> 16), UInt8(byteCount >> 8 & 0xFF), UInt8(byteCount & 0xFF), type, 0]
        return head + withUnsafeBytes(of: stream.bigEndian, Array.init) + [UInt8](repeating: 7, count: byteCount)
    }

    private static func pieces(of channel: EmbeddedChannel) throws -> [ByteBuffer] {
        var pieces: [ByteBuffer] = []
        while let piece = try channel.readInbound(as: ByteBuffer.self) { pieces.append(piece) }
        return pieces
    }

    /// Where frames may end in what is passed on.
    private static func ends(of frames: [[UInt8]]) -> Set<Int> {
        var (sum, ends) = (0, Set<Int>())
        for frame in frames {
            sum += frame.count
            ends.insert(sum)
        }
        return ends
    }

    @Test(arguments: [1, 8, 9, 23, 25, 1_000, 20_000, 1_000_000])
    func whatIsPassedOnEndsWithAFrameHoweverItArrives(size: Int) throws {
        let channel = EmbeddedChannel(handler: FrameAligner())
        let frames =
            [Self.preface] + [0, 1, 100, 16_384, 5].map { Self.frame(0xFA, 0, byteCount: $0) }
            + [Self.frame(0, 1, byteCount: 300)]
        let bytes = frames.flatMap(\.self)
        let ends = Self.ends(of: frames)
        var passed: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            try channel.writeInbound(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            for piece in try Self.pieces(of: channel) {
                passed += Array(piece.readableBytesView)
                #expect(ends.contains(passed.count))
            }
        }
        #expect(passed == bytes)
        _ = try channel.finish()
    }

    @Test func aReadThatEndsWithAFrameIsPassedOnAsItIs() throws {
        let channel = EmbeddedChannel(handler: FrameAligner())
        let bytes = ByteBuffer(bytes: Self.preface + Self.frame(4, 0, byteCount: 0) + Self.frame(0, 1, byteCount: 50))
        try channel.writeInbound(bytes)
        let piece = try #require(try Self.pieces(of: channel).first)
        let addresses = [bytes, piece].map { $0.withUnsafeReadableBytes { UInt(bitPattern: $0.baseAddress) } }
        #expect(piece == bytes && addresses[0] == addresses[1])
        _ = try channel.finish()
    }

    @Test func aFrameThatIsTooLongIsLeftToTheReader() throws {
        let channel = EmbeddedChannel(handler: FrameAligner())
        let bytes = Self.preface + Self.frame(0, 1, byteCount: 1 << 20)
        for start in stride(from: 0, to: 100, by: 10) {
            try channel.writeInbound(ByteBuffer(bytes: bytes[start..<(start + 10)]))
        }
        #expect(try Self.pieces(of: channel).flatMap { Array($0.readableBytesView) } == Array(bytes[..<100]))
        _ = try channel.finish()
    }

    @Test func callsThatAreTooLateAreDroppedAndTheirRoomGivenBack() throws {
        let aligner = FrameAligner()
        let channel = EmbeddedChannel(handler: aligner)
        try channel.writeInbound(ByteBuffer(bytes: Self.preface))
        aligner.lastStream = 3
        let kept = [(UInt8(0), UInt32(3)), (1, 5), (0, 1), (6, 0), (8, 0)]
        let dropped = [(UInt8(0), UInt32(5)), (8, 5), (3, 5), (0, 7)]
        let frames = zip(kept, dropped + [(0, 9)]).flatMap {
            [Self.frame($0.0, $0.1, byteCount: 4), Self.frame($1.0, $1.1, byteCount: 4)]
        }
        for size in [1, 1_000] {
            _ = try Self.pieces(of: channel)
            let bytes = frames.flatMap(\.self)
            for start in stride(from: 0, to: bytes.count, by: size) {
                try channel.writeInbound(ByteBuffer(bytes: bytes[start..<min(start + size, bytes.count)]))
            }
            let passed = try Self.pieces(of: channel).flatMap { Array($0.readableBytesView) }
            #expect(passed == kept.flatMap { Self.frame($0.0, $0.1, byteCount: 4) })
            var room = 0
            while var update = try channel.readOutbound(as: ByteBuffer.self) {
                #expect(update.readBytes(length: 9) == [0, 0, 4, 8, 0, 0, 0, 0, 0])
                room += Int(update.readInteger(as: UInt32.self) ?? 0)
            }
            #expect(room == 12)
        }
        _ = try channel.finish()
    }

    @Test func anyBytesArePassedOnInTheirOrder() throws {
        var generator = SeededGenerator(seed: 31)
        let seed = Self.preface + Self.frame(4, 0, byteCount: 6) + Self.frame(0, 1, byteCount: 20)
        for _ in 0..<2_000 {
            let channel = EmbeddedChannel(handler: FrameAligner())
            let bytes = generator.mutating(seed)
            let middle = Int.random(in: 0...bytes.count, using: &generator)
            try channel.writeInbound(ByteBuffer(bytes: bytes[..<middle]))
            try channel.writeInbound(ByteBuffer(bytes: bytes[middle...]))
            let passed = try Self.pieces(of: channel).flatMap { Array($0.readableBytesView) }
            #expect(bytes.starts(with: passed))
            _ = try channel.finish()
        }
    }
}
