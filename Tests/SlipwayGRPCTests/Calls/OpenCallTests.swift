import Foundation
import NIOCore
import NIOHPACK
import NIOHTTP2
import SlipwayServing
import SwiftProtobuf
import Testing

@testable import SlipwayGRPC

/// How long calls are held, and what they hold.
@Suite(.serialized, .timeLimit(.minutes(10))) struct OpenCallTests {
    private static let stream = HPACKHeaders(
        FrameClient.predicting.map { name, value, _ in
            (name, name == ":path" ? "/inference.GRPCInferenceService/ModelStreamInfer" : value)
        })

    private static func request(rowCount: Int) throws -> [UInt8] {
        var message = InferenceRequestTests.message(isRaw: true)
        let row = Data(message.rawInputContents[0].prefix(16))
        message.inputs[0].shape = [Int64(rowCount), 4]
        message.rawInputContents = [(0..<rowCount).reduce(into: Data()) { bytes, _ in bytes += row }]
        return FrameClient.framed(try message.serializedBytes())
    }

    private static func with(
        limits: ServingLimits = ServingLimits(), window: Int = 1 << 24,
        _ body: @Sendable (FrameClient, TestServer) async throws -> Void
    ) async throws {
        try await TestServer.serving(limits: limits) { server in
            let client = try await FrameClient(port: server.port, window: window)
            try await body(client, server)
            await client.close()
        }
    }

    @Test(arguments: [true, false]) func aStreamWhoseAnswersNobodyReadsIsGivenUp(ends: Bool) async throws {
        var limits = ServingLimits()
        limits.transferTime = .milliseconds(500)
        try await Self.with(limits: limits, window: 100) { client, server in
            try await client.begin(1, Self.stream)
            try await client.send(1, try Self.request(rowCount: 100), ends: ends)
            #expect(await client.answer(to: 1)?.isReset == true)
            while server.service.bodies.byteCount > 0 { try await Task.sleep(for: .milliseconds(5)) }
        }
    }

    @Test func aMessageOfAStreamHasItsTimeOnceHoweverOftenAByteComes() async throws {
        var limits = ServingLimits()
        limits.transferTime = .milliseconds(500)
        try await Self.with(limits: limits) { client, _ in
            try await client.begin(1, Self.stream)
            let bytes = try Self.request(rowCount: 2)
            try await client.send(1, bytes)
            for byte in bytes {
                try? await client.send(1, [byte])
                try await Task.sleep(for: .milliseconds(20))
            }
            try? await client.send(1, [], ends: true)
            let answer = try #require(await client.answer(to: 1))
            #expect(answer["grpc-status"] == "4" && !answer.bytes.isEmpty, "\(answer.headers)")
        }
    }

    @Test func aStreamGivesBackTheBytesOfWhatIsAnsweredAlone() async throws {
        try await Self.with(window: 100) { client, server in
            let (first, second) = (try Self.request(rowCount: 100), try Self.request(rowCount: 50))
            try await client.begin(1, Self.stream)
            try await client.send(1, first + second)
            while server.service.bodies.byteCount != second.count { try await Task.sleep(for: .milliseconds(5)) }
            // The second waits, since nobody reads the answer to the first.
            for _ in 0..<20 {
                try await Task.sleep(for: .milliseconds(5))
                #expect(server.service.bodies.byteCount == second.count)
            }
        }
    }

    @Test func messagesOfAStreamThatComeAtOnceAreAnsweredInTheirOrder() async throws {
        try await Self.with { client, _ in
            let counts = [1, 5, 2, 100, 3]
            let bytes = try counts.flatMap { try Self.request(rowCount: $0) }
            for (stream, cut) in [(HTTP2StreamID(1), bytes.count), (3, 6), (5, bytes.count - 1)] {
                try await client.begin(stream, Self.stream)
                try await client.send(stream, Array(bytes[..<cut]))
                try await client.send(stream, Array(bytes[cut...]), ends: true)
                let answer = try #require(await client.answer(to: stream))
                var frames = MessageFrames(byteCountMax: 1 << 30)
                frames.append(.init(bytes: answer.bytes))
                var found: [Int64?] = []
                while let message = try frames.next() {
                    let response: OIPModelStreamInferResponse = try MessageReader.message(of: message)
                    found.append(response.inferResponse.outputs.first?.shape.first)
                }
                #expect(found == counts.map(Int64.init) && answer["grpc-status"] == "0")
            }
        }
    }

    @Test func aStreamThatEndsWithinAMessageIsRefusedAfterThoseBefore() async throws {
        try await Self.with { client, _ in
            let bytes = try Self.request(rowCount: 1)
            try await client.begin(1, Self.stream)
            try await client.send(1, bytes + bytes.dropLast(), ends: true)
            let answer = try #require(await client.answer(to: 1))
            #expect(answer["grpc-status"] == "3" && !answer.bytes.isEmpty)
        }
    }
}
