import Foundation
import NIOCore
import SlipwayData
import SlipwayModel
import SlipwayServing
import SlipwayServingTesting
import SlipwayTesting
import SwiftProtobuf
import Testing

@testable import SlipwayGRPC

/// However odd the message, it becomes rows for the model or a refusal that is the caller's, and never a crash.
@Suite(.serialized) struct InferenceRequestFuzzTests {
    private static let ownFault: Set<ServingError.Code> = [.malformed, .tooLarge, .signatureMismatch]

    /// Reads bytes as the server does; returns whether they became rows.
    private static func read(_ bytes: [UInt8], for served: ServedModel) -> Bool {
        do throws(ServingError) {
            let message: OIPModelInferRequest = try MessageReader.message(of: ByteBuffer(bytes: bytes))
            return try !InferenceRequest(message).rows(for: served).isEmpty
        } catch {
            #expect(ownFault.contains(error.kind), "\(error)")
        }
        return false
    }

    @Test(.timeLimit(.minutes(10))) func damagedMessagesAreRowsOrARefusal() async throws {
        try await TestServer.serving { server in
            let served = try server.service.served("bare")
            var generator = SeededGenerator(seed: 17)
            let seeds: [[UInt8]] = try [false, true].map {
                try InferenceRequestTests.message(isRaw: $0).serializedBytes()
            }
            #expect(seeds.allSatisfy { Self.read($0, for: served) })
            let readable = (0..<20_000).count { round in
                Self.read(generator.mutating(seeds[round % 2]), for: served)
            }
            #expect(readable > 0)
        }
    }

    @Test(.timeLimit(.minutes(10))) func oddShapesCountsAndDatatypesAreRowsOrARefusal() async throws {
        try await TestServer.serving { server in
            let served = try server.service.served("bare")
            var generator = SeededGenerator(seed: 19)
            let sizes: [Int64] = [0, 1, 2, 4, 8, 9, -1, 10_000_000, 10_000_001, .max, .min, 1 << 32]
            let datatypes = ElementType.allCases.map(\.protocolName) + ["", "FP23", "fp32", "BF16"]
            func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &generator)] }
            for _ in 0..<20_000 {
                var message = InferenceRequestTests.message(isRaw: pick([true, false]))
                for _ in 0..<pick([1, 1, 2, 3]) {
                    switch Int.random(in: 0..<8, using: &generator) {
                    case 0: message.inputs[0].shape = (0..<pick([0, 1, 2, 3, 8, 9])).map { _ in pick(sizes) }
                    case 1: message.inputs[0].datatype = pick(datatypes)
                    case 2: message.rawInputContents.append(Data(count: pick([0, 1, 4, 31, 32, 33])))
                    case 3:
                        message.rawInputContents = [Data(repeating: pick([0, 1, 255]), count: pick([0, 7, 8, 64]))]
                    case 4: message.inputs[0].contents.bytesContents = [Data([0xFF, 0xFE])]
                    case 5: message.inputs[0].contents.fp32Contents = Array(repeating: .nan, count: pick([0, 7, 8, 9]))
                    case 6: message.inputs += message.inputs
                    default: message.outputs = [.with { $0.name = pick(["", "label", "nothing"]) }]
                    }
                    if message.inputs.count > 8 { break }
                }
                _ = Self.read(try message.serializedBytes(), for: served)
            }
            #expect(Self.read(try InferenceRequestTests.message().serializedBytes(), for: served))
        }
    }
}
