import Foundation
import SlipwayData
import SlipwayModel
import Testing

@testable import slipway

struct LoadTestBodiesTests {
    private static let signature = Signature(
        inputs: [
            InputField(
                name: "b", type: .integer, minimum: 2, maximum: 4, slot: .init(input: "x", index: 1),
                elementType: .int64),
            InputField(
                name: "a", type: .integer, minimum: 0, maximum: 1, slot: .init(input: "x", index: 0),
                elementType: .int64),
            InputField(
                name: "c", type: .string, categories: [.string("u")], slot: .init(input: "y", index: 0),
                elementType: .string),
        ], outputs: [], task: Signature.Task(kind: .regression))

    private func subject(_ face: LoadTestSubject.Face, _ signature: Signature? = Self.signature) -> LoadTestSubject {
        LoadTestSubject(
            model: "m/1", face: face, signature: signature,
            tensors: [
                .init(name: "x", datatype: "INT64", rest: [2]), .init(name: "y", datatype: "BYTES", rest: [1]),
            ])
    }

    private func bodies(
        _ face: LoadTestSubject.Face, batch: Int, _ signature: Signature? = Self.signature
    ) throws -> (path: String, bodies: [JSONValue]) {
        let found = try LoadTestBodies(subject: subject(face, signature), batch: batch)
            .requests(for: LoadTestRows(randomFor: signature))
        return (found.path, try found.bodies.map { try JSONValue(parsing: $0) })
    }

    @Test func rowsKeepTheRangesAndCategoriesOfTheSignature() throws {
        let (path, bodies) = try bodies(.rest, batch: 1)
        #expect(path == "/models/m%2F1/predict" && bodies.count == LoadTestRows.countMax)
        for body in bodies {
            let b = try #require(body["b"]?.asValue?.asNumber)
            #expect((2...4).contains(b) && body["c"] == "u")
        }
        #expect(Set(bodies.map(\.text)).count == 6)
    }

    @Test func severalRowsAreAList() throws {
        let bodies = try bodies(.rest, batch: 100).bodies
        #expect(bodies.count == 41 && bodies.allSatisfy { $0.items.count == 100 })
    }

    @Test func cellsGoWhereTheSignatureSays() throws {
        let (path, bodies) = try bodies(.oip, batch: 3)
        #expect(path == "/v2/models/m%2F1/infer")
        for body in bodies {
            let inputs = try #require(body["inputs"]).items
            #expect(inputs[0]["shape"] == .array([.integer(3), .integer(2)]))
            #expect(inputs[1]["data"] == .array(["u", "u", "u"]))
            let data = inputs[0]["data"]?.items.compactMap { $0.asValue?.asNumber } ?? []
            #expect(data.count == 6)
            for row in 0..<3 { #expect((0...1).contains(data[2 * row]) && (2...4).contains(data[2 * row + 1])) }
        }
    }

    @Test func aServerThatTellsNoFieldsGetsWhatItsMetadataAsksFor() throws {
        let bodies = try bodies(.oip, batch: 2, nil).bodies
        #expect(Set(bodies.map(\.text)).count > 100)
        for body in bodies {
            let inputs = try #require(body["inputs"]).items
            #expect(inputs[0]["shape"] == .array([.integer(2), .integer(2)]))
            #expect(inputs[0]["data"]?.items.count == 4 && inputs[1]["data"]?.items.count == 2)
        }
    }

    @Test func theRowsOfAFileFillAWideInputByItsNumberedFields() throws {
        func inputs(_ row: String) throws -> [JSONValue] {
            try withTemporaryFolder { folder in
                try Data(row.utf8).write(to: URL(filePath: folder).appending(path: "rows.jsonl"))
                let rows = try LoadTestRows(file: "\(folder)/rows.jsonl", for: nil)
                let found = try LoadTestBodies(subject: subject(.oip, nil), batch: 1).requests(for: rows)
                return try #require(try JSONValue(parsing: found.bodies[0])["inputs"]).items
            }
        }
        let both = try inputs(#"{"x_1":2,"y":"u","x_0":1}"#)
        #expect(both[0]["shape"] == .array([.integer(1), .integer(2)]))
        #expect(both[0]["data"] == .array([.integer(1), .integer(2)]) && both[1]["data"] == .array(["u"]))
        #expect(throws: DataError.self) { try inputs(#"{"x":1,"y":"u"}"#) }
    }

    @Test func openDimensionsOfMetadataAreOne() throws {
        let json = try JSONValue(parsing: #"{"name":"x","datatype":"FP32","shape":[-1,-1,4]}"#)
        #expect(LoadTestSubject.TensorInput(json) == .init(name: "x", datatype: "FP32", rest: [1, 4]))
        #expect(LoadTestSubject.TensorInput(.object([:])) == nil)
    }

    @Test func rowsThatLackAnInputAreRefused() throws {
        let rows = try withTemporaryFolder { folder in
            try "{\"a\":1,\"b\":2}\n\n".write(toFile: "\(folder)/rows.jsonl", atomically: true, encoding: .utf8)
            return try LoadTestRows(file: "\(folder)/rows.jsonl", for: Self.signature)
        }
        #expect(rows.records.count == 1)
        #expect(throws: DataError.self) { try LoadTestBodies(subject: subject(.oip), batch: 1).requests(for: rows) }
    }
}
