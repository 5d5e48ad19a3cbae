import Foundation
import NIOCore
import NIOHPACK
import NIOHTTP2
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import SwiftProtobuf
import Testing

@testable import SlipwayGRPC

/// What the rules of gRPC over HTTP/2 ask of a server, seen by a caller that sends frames one by one.
@Suite(.serialized) struct CallHandlerTests {
    private static func request(rowCount: Int = 2) throws -> [UInt8] {
        var message = InferenceRequestTests.message(isRaw: true)
        let row = Data(message.rawInputContents[0].prefix(16))
        message.inputs[0].shape = [Int64(rowCount), 4]
        message.rawInputContents = [(0..<rowCount).reduce(into: Data()) { bytes, _ in bytes += row }]
        return FrameClient.framed(try message.serializedBytes())
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

    private static func headers(_ changes: [String: String]) -> HPACKHeaders {
        let headers = FrameClient.predicting
        // Names that begin with a colon stand before the others.
        return HPACKHeaders(
            headers.map { ($0.name, changes[$0.name] ?? $0.value) }
                + changes.filter { !headers.contains(name: $0.key) }.map { ($0.key, $0.value) })
    }

    private static func answers(in bytes: [UInt8]) throws -> [OIPModelInferResponse] {
        var frames = MessageFrames(byteCountMax: 1 << 30)
        frames.append(ByteBuffer(bytes: bytes))
        var answers: [OIPModelInferResponse] = []
        while let message = try frames.next() { answers.append(try MessageReader.message(of: message)) }
        return answers
    }

    @Test func aMessageMayComeInAnyPieces() async throws {
        var patient = ServingLimits()
        patient.transferTime = .seconds(3_600)
        try await Self.with(limits: patient) { client, _ in
            let bytes = try Self.request()
            for (stream, size) in [(HTTP2StreamID(1), 1), (3, 4), (5, 50), (7, bytes.count)] {
                try await client.begin(stream)
                for start in stride(from: 0, to: bytes.count, by: size) {
                    let end = min(start + size, bytes.count)
                    try await client.send(stream, Array(bytes[start..<end]), ends: end == bytes.count)
                }
                let answer = try #require(await client.answer(to: stream))
                #expect(answer["grpc-status"] == "0", "\(answer)")
                #expect(answer.headers[0].first(name: "content-type") == "application/grpc")
                #expect(try Self.answers(in: answer.bytes).map(\.modelName) == ["bare"])
            }
        }
    }

    @Test func aLongMessageMayFillTheWindowsManyTimes() async throws {
        try await Self.with { client, server in
            try await client.begin(1)
            let bytes = FrameClient.framed([UInt8](repeating: 0xFF, count: 9 << 20))
            for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
                let end = min(start + 1 << 20, bytes.count)
                try await client.send(1, Array(bytes[start..<end]), ends: end == bytes.count)
            }
            let answer = try #require(await client.answer(to: 1))
            #expect(answer["grpc-status"] == "3" && answer["grpc-message"]?.contains("are no inference") == true)
            #expect(server.service.bodies.byteCount == 0)
            try await client.begin(3)
            try await client.send(3, try Self.request(rowCount: 10_000), ends: true)
            let many = try #require(await client.answer(to: 3))
            #expect(try Self.answers(in: many.bytes).first?.outputs.first?.shape.first == 10_000, "\(many.headers)")
        }
    }

    @Test func whatIsNoCallOfGRPCIsRefusedInTheWordsOfHTTP() async throws {
        try await Self.with { client, _ in
            try await client.begin(1, Self.headers(["content-type": "application/json"]), ends: true)
            try await client.begin(3, Self.headers([":method": "GET"]), ends: true)
            try await client.begin(5, Self.headers(["content-type": "application/grpc+proto; charset=x"]))
            try await client.send(5, try Self.request(), ends: true)
            let answers = await client.answers(to: [1, 3, 5])
            #expect(answers[0]?[":status"] == "415" && answers[1]?[":status"] == "405")
            #expect(answers[2]?["grpc-status"] == "0")
        }
    }

    @Test func aMethodThatIsNoneIsUnimplementedInOneFrame() async throws {
        try await Self.with { client, _ in
            try await client.begin(1, Self.headers([":path": "/no.Service/Größe"]))
            let answer = try #require(await client.answer(to: 1))
            #expect(answer.headers.count == 1 && answer[":status"] == "200" && answer["grpc-status"] == "12")
            #expect(answer["grpc-message"]?.contains("Gr%C3%B6%C3%9Fe isn't implemented") == true)
        }
    }

    @Test func compressedMessagesAreRefusedAndTheWayOutIsNamed() async throws {
        try await Self.with { client, _ in
            try await client.begin(1, Self.headers(["grpc-encoding": "gzip"]))
            try await client.begin(3)
            try await client.send(3, FrameClient.framed([1, 2, 3], flag: 1), ends: true)
            try await client.begin(5, Self.headers(["grpc-encoding": "identity"]))
            try await client.send(5, try Self.request(), ends: true)
            let answers = await client.answers(to: [1, 3, 5])
            for answer in answers.prefix(2) {
                #expect(answer?["grpc-status"] == "12" && answer?["grpc-accept-encoding"] == "identity")
            }
            #expect(answers[2]?["grpc-status"] == "0")
        }
    }

    @Test func aCallHasOneWholeMessage() async throws {
        try await Self.with { client, _ in
            let bytes = try Self.request()
            try await client.begin(1, ends: true)
            try await client.begin(3)
            try await client.send(3, Array(bytes.dropLast()), ends: true)
            try await client.begin(5)
            try await client.send(5, bytes + bytes, ends: true)
            try await client.begin(7)
            try await client.send(7, bytes + [0], ends: true)
            for answer in await client.answers(to: [1, 3, 5, 7]) {
                #expect(answer?["grpc-status"] == "3", "\(String(describing: answer))")
            }
        }
    }

    @Test func aTimeThatIsNoneIsRefusedAndOneThatHasPassedToo() async throws {
        try await Self.with { client, server in
            for (stream, timeout) in [(HTTP2StreamID(1), "soon"), (3, "0n")] {
                try await client.begin(stream, Self.headers(["grpc-timeout": timeout]))
                try await client.send(stream, try Self.request(), ends: true)
            }
            try await client.begin(5, Self.headers(["grpc-timeout": "50m"]))
            let stream = "/inference.GRPCInferenceService/ModelStreamInfer"
            try await client.begin(7, Self.headers(["grpc-timeout": "50m", ":path": stream]))
            let answers = await client.answers(to: [1, 3, 5, 7])
            #expect(answers.map { $0?["grpc-status"] } == ["3", "4", "4", "4"], "\(answers)")
            #expect(try server.project.predictions(of: "bare").isEmpty)
        }
    }

    @Test func callsThatAreBrokenOffGiveTheirPlacesBack() async throws {
        try await Self.with { client, server in
            for number in 0..<40 {
                let stream = HTTP2StreamID(2 * number + 1)
                try await client.begin(stream)
                let message = FrameClient.framed([UInt8](repeating: 0, count: 100 << 10))
                try await client.send(stream, message.dropLast(9))
                try await client.send(stream, .rstStream(.cancel))
            }
            while server.service.bodies.byteCount > 0 || server.service.gate.requestCount > 0 {
                try await Task.sleep(for: .milliseconds(5))
            }
            try await client.begin(101)
            try await client.send(101, try Self.request(), ends: true)
            #expect(await client.answer(to: 101)?["grpc-status"] == "0")
        }
    }

    @Test func anAnswerThatNobodyReadsIsDropped() async throws {
        var limits = ServingLimits()
        limits.transferTime = .seconds(2)
        try await TestServer.serving(limits: limits) { server in
            let client = try await FrameClient(port: server.port, window: 100)
            try await client.begin(1)
            try await client.send(1, try Self.request(rowCount: 100), ends: true)
            let answer = try #require(await client.answer(to: 1))
            #expect(answer.isReset && answer.bytes.count == 100)
            await client.close()
        }
    }

    @Test func aBrokenHeadEndsItsCallAlone() async throws {
        try await Self.with { client, _ in
            try await client.begin(1, HPACKHeaders(FrameClient.predicting.reversed().map { ($0.name, $0.value) }))
            #expect(await client.answer(to: 1)?.isReset != false)
        }
    }

    @Test func asManyCallsAsAConnectionMayHaveAreAnsweredSideBySide() async throws {
        try await Self.with { client, _ in
            let streams = (0..<GRPCApplication.callCountMax).map { HTTP2StreamID(2 * $0 + 1) }
            for stream in streams { try await client.begin(stream) }
            for stream in streams { try await client.send(stream, try Self.request(), ends: true) }
            #expect(await client.answers(to: streams).allSatisfy { $0?["grpc-status"] == "0" })
        }
    }

    @Test func tooMuchMetadataEndsTheConnection() async throws {
        try await Self.with { client, _ in
            try await client.begin(1, Self.headers(["x-much": String(repeating: "x", count: 17 << 10)]))
            #expect(await client.answer(to: 1) == nil)
        }
    }

    @Test func aServerThatEndsAnswersWhatIsUnderWayAndSaysSo() async throws {
        try await Self.with { client, server in
            let bytes = try Self.request()
            try await client.begin(1)
            try await client.send(1, Array(bytes.prefix(20)))
            // A second call that is answered shows that the first is known.
            try await client.begin(3)
            try await client.send(3, bytes, ends: true)
            #expect(await client.answer(to: 3)?["grpc-status"] == "0")
            await server.shutDown()
            #expect(await client.farewell() == .noError)
            try await client.send(1, Array(bytes.dropFirst(20)), ends: true)
            #expect(await client.answer(to: 1)?["grpc-status"] == "0")
        }
    }

    @Test(.timeLimit(.minutes(10))) func whateverBytesComeTheServerAnswersOthers() async throws {
        try await TestServer.serving { server in
            var generator = SeededGenerator(seed: 29)
            let magic = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
            let settings: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
            let head: [UInt8] = [0, 0, 4, 1, 4, 0, 0, 0, 1, 0x83, 0x86, 0x84, 0x41]
            let data: [UInt8] = [0, 0, 8, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 3, 1, 2, 3]
            for _ in 0..<200 {
                try await FrameClient.send(magic + generator.mutating(settings + head + data), to: server.port)
            }
            let client = try await FrameClient(port: server.port)
            try await client.begin(1)
            try await client.send(1, try Self.request(), ends: true)
            #expect(await client.answer(to: 1)?["grpc-status"] == "0")
            await client.close()
        }
    }
}
