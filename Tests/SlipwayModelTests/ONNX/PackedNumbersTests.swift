import Foundation
import SwiftProtobuf
import Testing

@testable import SlipwayModel

/// What the parser reads from rewritten bytes must be what it reads from the bytes as they were.
struct PackedNumbersTests {
    private static func number(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(truncatingIfNeeded: rest)]
    }

    private static func field(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        [tag] + number(UInt64(content.count)) + content
    }

    /// A model whose node has lists of many numbers, each a field of its own.
    private static func model(integers: [Int64], floats: [Float]) throws -> [UInt8] {
        let name: [UInt8] = try ONNXAttributeProto.with { $0.name = "list" }.serializedBytes()
        var wholes: [UInt8] = []
        for value in integers {
            wholes.append(0x40)
            wholes += number(UInt64(bitPattern: value))
        }
        var fractions: [UInt8] = []
        for value in floats {
            fractions.append(0x3D)
            for shift: UInt32 in [0, 8, 16, 24] {
                fractions.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
            }
        }
        // A packed list between two others, and a list of another kind before and after.
        var attribute: [UInt8] = fractions
        for part in [name, wholes, field(0x42, [1, 2, 3]), wholes, fractions] { attribute += part }
        var node: [UInt8] = field(0x2A, attribute)
        for part in [field(0x22, Array("Sum".utf8)), field(0x2A, attribute)] { node += part }
        var graph: [UInt8] = field(0x0A, node)
        graph += field(0x12, Array("graph".utf8))
        var model: [UInt8] = [0x08, 0x07]
        model += field(0x3A, graph)
        return model
    }

    private static let integers: [Int64] = (0..<400).map { $0 % 7 == 0 ? -$0 : $0 * $0 } + [.min, .max, 0, 127, 128]
    private static let floats: [Float] = (0..<300).map { Float($0) / 3 } + [.nan, -.infinity, -0.0]

    @Test func listsArePackedAndReadAsBefore() throws {
        let bytes = try Self.model(integers: Self.integers, floats: Self.floats)
        let packed = PackedNumbers(of: Data(bytes)).bytes
        #expect(packed.count < bytes.count - 2 * 2 * (Self.integers.count + Self.floats.count) + 100)
        let read = try ONNXModelProto(serializedBytes: packed)
        let attributes = read.graph.node[0].attribute
        #expect(attributes.count == 2)
        for attribute in attributes {
            #expect(attribute.ints == Self.integers + [1, 2, 3] + Self.integers)
            #expect(attribute.floats.map(\.bitPattern) == (Self.floats + Self.floats).map(\.bitPattern))
        }
        #expect(read.graph.name == "graph" && read.graph.node[0].opType == "Sum")
        #expect(read.irVersion == 7)
    }

    @Test func shortMessagesStayAsTheyAre() throws {
        let bytes = try Self.model(integers: [1, 2], floats: [0.5])
        #expect(PackedNumbers(of: Data(bytes)).bytes == bytes)
    }

    @Test func damagedBytesAreReadOrRefusedAsBefore() throws {
        let original = try Self.model(integers: Self.integers, floats: [1, 2])
        var state: UInt64 = 5
        func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        var refused = 0
        for _ in 0..<400 {
            var bytes = original
            for _ in 0...below(3) {
                switch below(3) {
                case 0: bytes[below(bytes.count)] ^= 1 << UInt8(below(8))
                case 1: bytes.remove(at: below(bytes.count))
                default: bytes.insert(UInt8(below(256)), at: below(bytes.count))
                }
            }
            let before = try? ONNXModelProto(serializedBytes: bytes)
            let after = try? ONNXModelProto(serializedBytes: PackedNumbers(of: Data(bytes)).bytes)
            let (first, second): ([UInt8]?, [UInt8]?) = (try before?.serializedBytes(), try after?.serializedBytes())
            #expect(first == second)
            if before == nil { refused += 1 }
        }
        #expect((40..<360).contains(refused))
    }
}
