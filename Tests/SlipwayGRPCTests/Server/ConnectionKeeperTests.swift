import Foundation
import NIOCore
import NIOHTTP2
import SlipwayServing
import SwiftProtobuf
import Testing

@testable import SlipwayGRPC

/// How connections are kept, held to limits, and ended.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ConnectionKeeperTests {
    private static let ping = FrameClient.frame(6, 0, [UInt8](repeating: 1, count: 8))

    private static func request() throws -> [UInt8] {
        FrameClient.framed(try InferenceRequestTests.message(isRaw: true).serializedBytes())
    }

    private static func with(
        limits: ServingLimits = ServingLimits(), _ body: @Sendable (FrameClient, TestServer) async throws -> Void
    ) async throws {
        try await TestServer.serving(limits: limits) { server in
            let client = try await FrameClient(port: server.port)
            try await body(client, server)
            await client.close()
        }
    }

    private static func predict(_ stream: Int, _ client: FrameClient) async throws -> String? {
        try await client.begin(HTTP2StreamID(stream))
        try await client.send(HTTP2StreamID(stream), try request(), ends: true)
        return await client.answer(to: HTTP2StreamID(stream))?["grpc-status"]
    }

    @Test func manyPingsThatDoNotComeAtOnceAreNoFlood() async throws {
        try await Self.with { client, _ in
            for _ in 0..<5 {
                try await client.send(raw: Array(repeating: Self.ping, count: 50).flatMap(\.self))
                try #require(await client.pongs(50))
                try await Task.sleep(for: .milliseconds(30))
            }
            let status = try await Self.predict(1, client)
            #expect(status == "0")
        }
    }

    @Test func manyCallsThatAreBrokenOffAndNotAtOnceAreNoFlood() async throws {
        try await Self.with { client, _ in
            for round in 0..<UInt32(5) {
                let streams = (0..<50).map { 100 * round + 2 * $0 + 1 }
                let bytes = streams.flatMap { FrameClient.rawHead($0) + FrameClient.frame(3, $0, [0, 0, 0, 8]) }
                try await client.send(raw: bytes + Self.ping)
                try #require(await client.pongs(1))
                try await Task.sleep(for: .milliseconds(60))
            }
            let status = try await Self.predict(1_001, client)
            #expect(status == "0")
        }
    }

    @Test func aFloodOfPingsEndsTheConnection() async throws {
        try await Self.with { client, _ in
            let pings = Array(repeating: Self.ping, count: 10_000).flatMap(\.self)
            while client.channel.isActive { try? await client.send(raw: pings) }
            #expect(!client.channel.isActive)
        }
    }

    @Test func aFloodOfBrokenCallsEndsTheConnection() async throws {
        try await Self.with { client, _ in
            var stream: UInt32 = 1
            while client.channel.isActive {
                var bytes: [UInt8] = []
                for _ in 0..<5_000 {
                    bytes += FrameClient.rawHead(stream) + FrameClient.frame(3, stream, [0, 0, 0, 8])
                    stream += 2
                }
                try? await client.send(raw: bytes)
            }
            #expect(!client.channel.isActive)
        }
    }

    @Test func callsUnderWayAreAnsweredWhileNewOnesComeToAServerThatEnds() async throws {
        try await Self.with { client, server in
            let bytes = try Self.request()
            let streams = (0..<32).map { HTTP2StreamID(2 * $0 + 1) }
            for stream in streams {
                try await client.begin(stream)
                try await client.send(stream, Array(bytes.prefix(20)))
            }
            try await client.send(.rootStream, .ping(HTTP2PingData(withInteger: 7), ack: false))
            #expect(await client.pongs(1))
            await server.shutDown()
            #expect(await client.farewell() == .noError)
            for (number, stream) in streams.enumerated() {
                let late = UInt32(65 + 2 * number)
                var raw = FrameClient.rawHead(late) + FrameClient.frame(0, late, Array(bytes.prefix(30)))
                raw += FrameClient.frame(8, late, [0, 0, 0, 9]) + FrameClient.frame(0, flags: 1, late, [1])
                if number % 2 == 0 { raw += FrameClient.frame(3, late, [0, 0, 0, 8]) }
                try await client.send(raw: raw)
                try await client.send(stream, Array(bytes.dropFirst(20)), ends: true)
            }
            #expect(await client.answers(to: streams).map { $0?["grpc-status"] } == streams.map { _ in "0" })
        }
    }

    @Test func framesOfNoKnownTypeLeaveTheConnectionAsItIs() async throws {
        try await Self.with { client, _ in
            let frames = Array(repeating: FrameClient.frame(0xFA, 0, [UInt8](repeating: 7, count: 5_000)), count: 200)
                .flatMap(\.self)
            for start in stride(from: 0, to: frames.count, by: 7_001) {
                try await client.send(raw: Array(frames[start..<min(start + 7_001, frames.count)]))
            }
            let status = try await Self.predict(1, client)
            #expect(status == "0")
        }
    }

    @Test func whoeverIsSilentIsAskedAndStaysWhereItAnswers() async throws {
        var limits = ServingLimits()
        limits.idleTime = .milliseconds(200)
        try await Self.with(limits: limits) { client, _ in
            // The client answers pings by itself.
            for _ in 0..<2 { #expect(await client.isPinged()) }
            let status = try await Self.predict(1, client)
            #expect(status == "0")
        }
    }

    @Test func whoeverDoesNotAnswerIsLetGo() async throws {
        var limits = ServingLimits()
        limits.idleTime = .milliseconds(200)
        try await TestServer.serving(limits: limits) { server in
            let hello = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + FrameClient.frame(4, 0, [])
            let said = try await FrameClient.answer(to: hello, at: server.port)
            #expect(said.suffix(17).prefix(5) == [0, 0, 8, 6, 0])
        }
    }

    @Test func callsBeyondThoseAtOnceWaitForTheirTurn() async throws {
        try await Self.with { client, _ in
            let streams = (0..<250).map { HTTP2StreamID(2 * $0 + 1) }
            for stream in streams {
                let message = HTTP2Frame.FramePayload.Data(
                    data: .byteBuffer(ByteBuffer(bytes: try Self.request())), endStream: true)
                // The client keeps those back that are too many.
                for payload in [.headers(.init(headers: FrameClient.predicting)), .data(message)]
                    as [HTTP2Frame.FramePayload]
                {
                    client.channel.writeAndFlush(HTTP2Frame(streamID: stream, payload: payload), promise: nil)
                }
            }
            #expect(await client.answers(to: streams).allSatisfy { $0?["grpc-status"] == "0" })
        }
    }

    @Test func whoeverDoesNotKeepToTheCallsAtOnceLosesTheConnection() async throws {
        try await Self.with { client, _ in
            let heads = (0...UInt32(GRPCApplication.callCountMax)).flatMap { FrameClient.rawHead(2 * $0 + 1) }
            try await client.send(raw: heads)
            #expect(await client.farewell() == .protocolError)
        }
    }

    @Test func theLastAnswerOfAServerThatEndsArrivesWhole() async throws {
        try await Self.with { client, server in
            var message = InferenceRequestTests.message(isRaw: true)
            let row = Data(message.rawInputContents[0].prefix(16))
            message.inputs[0].shape = [10_000, 4]
            message.rawInputContents = [(0..<10_000).reduce(into: Data()) { bytes, _ in bytes += row }]
            let bytes = FrameClient.framed(try message.serializedBytes())
            try await client.begin(1)
            try await client.send(1, Array(bytes.dropLast()))
            try await client.send(.rootStream, .ping(HTTP2PingData(withInteger: 7), ack: false))
            #expect(await client.pongs(1))
            await server.shutDown()
            #expect(await client.farewell() == .noError)
            try await client.send(1, [bytes[bytes.count - 1]], ends: true)
            #expect(await client.answer(to: 1)?["grpc-status"] == "0")
        }
    }

    @Test func whoeverNeverSaysAnythingIsLetGoAfterTheIdleTime() async throws {
        var limits = ServingLimits()
        limits.idleTime = .seconds(2)
        try await TestServer.serving(limits: limits) { server in
            // Settings alone: it is not asked whether it is there.
            let said = try await FrameClient.answer(to: Array("PRI * HTTP/2.0".utf8), at: server.port)
            #expect(said.count > 9 && said[3] == 4 && said.count == 9 + Int(said[2]))
        }
    }
}
