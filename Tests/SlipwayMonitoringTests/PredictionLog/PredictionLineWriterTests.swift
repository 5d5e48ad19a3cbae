import SlipwayData
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct PredictionLineWriterTests {
    private static let names = ["age", "a \"quoted\"\\ name", "region\n", "note"]

    private static let cells: [Value] = [
        .missing, .boolean(true), .boolean(false), .integer(0), .integer(-7), .integer(.max), .integer(.min),
        .number(0.1),
        .number(-0.0), .number(5), .number(1e16), .number(-2.2250738585072014e-308), .number(.nan), .number(-.infinity),
        .number(.greatestFiniteMagnitude), .string(""), .string("plain"), .string("\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}"),
        .string("Zürich 🚢 \u{2028}"), .string(String(repeating: "\u{1}", count: 300)),
    ]

    private static func batch(rows: Int, _ generator: inout SeededGenerator) -> PredictionBatch {
        let floats: [Float] = [
            0, 0.1, -0.0, .leastNonzeroMagnitude, 16_777_216, 3.4028235e38, .nan, .infinity, 0.26876551,
        ]
        func draw<Element>(_ elements: [Element], _ count: Int) -> [Element] {
            (0..<count).map { _ in elements[Int(generator.next() % UInt64(elements.count))] }
        }
        return PredictionBatch(
            [
                PredictorOutput(
                    name: "label", tensor: Tensor(shape: [rows], elements: .string(draw(["No", "\"Yes\"\n"], rows)))),
                PredictorOutput(
                    name: "scores", tensor: Tensor(shape: [rows, 3], elements: .float32(draw(floats, 3 * rows)))),
                PredictorOutput(
                    name: "wide",
                    tensor: Tensor(shape: [rows, 1, 2], elements: .float64(draw([1e300, -0.5], 2 * rows)))),
                PredictorOutput(name: "short", tensor: Tensor(shape: [rows], elements: .int32(draw([.min, 3], rows)))),
                PredictorOutput(name: "long", tensor: Tensor(shape: [rows], elements: .int64(draw([.max, 0], rows)))),
                PredictorOutput(
                    name: "truth", tensor: Tensor(shape: [rows], elements: .bool(draw([true, false], rows)))),
            ], task: Signature.Task(kind: .other))
    }

    /// What the reader finds in lines.
    private static func records(in lines: SegmentLines) throws -> [PredictionRecord] {
        try lines.bytes.split(separator: SegmentLine.lineFeed).map { line in
            let content = Array(line).withUnsafeBytes {
                SegmentLine.read($0, as: PredictionRecord.self, in: WindowText(.all))
            }
            guard case .record(let record) = content else { throw LogError(.malformed, "\(content)") }
            return record
        }
    }

    private static func outputs(of batch: PredictionBatch, row: Int) -> JSONObject {
        JSONObject(
            batch.outputs.map { output in
                let width = output.tensor.width
                let cells = (0..<width).map { JSONValue(output.tensor.value(at: row * width + $0)) }
                return (name: output.name, value: width == 1 ? cells[0] : .array(cells))
            })
    }

    @Test func theLinesHoldWhatWasAnsweredToTheLastBit() throws {
        var generator = SeededGenerator(seed: 4)
        let ids = PredictionIDGenerator()
        for round in 0..<60 {
            let rowCount = round % 4 + 1
            let batch = Self.batch(rows: rowCount, &generator)
            let rows = (0..<rowCount).map { _ in
                Self.names.map { _ in Self.cells[Int(generator.next() % UInt64(Self.cells.count))] }
            }
            let keys = (0..<rowCount).map { $0 % 2 == 0 ? "key \"\($0)\"\u{7}" : nil }
            let writer = PredictionLineWriter(
                model: "churn \"x\"", version: round, inputs: Self.names, outputs: ["label", "scores"])
            var answered = AnsweredRows(
                batch, rows: rows, keys: keys, time: SampleRecords.start, latencyMicroseconds: round * 1_000,
                source: round % 2 == 0 ? .online : .shadow)
            let roles = PredictionRecord.Role.allCases
            if round % 4 > 0 {
                answered.circumstances = .init(
                    role: roles[round % 4 - 1], isCached: round % 3 == 0, isPinned: round % 5 == 0,
                    features: round % 2 == 0 ? [] : rows.indices.map { $0 % 2 == 0 ? "default" : nil })
            }
            if answered.source == .shadow { answered.circumstances.pairs = ids.next(rowCount) }
            let drawn = ids.next(rowCount)
            let expected = rows.indices.map { row in
                var record = PredictionRecord(
                    id: drawn[row], time: SampleRecords.start, model: "churn \"x\"", version: round, row: row,
                    key: keys[row],
                    inputs: JSONObject(zip(Self.names, rows[row]).map { (name: $0, value: JSONValue($1)) }),
                    outputs: Self.outputs(of: batch, row: row), latencyMicroseconds: round * 1_000,
                    source: answered.source, role: answered.circumstances.role,
                    pair: answered.source == .shadow ? answered.circumstances.pairs[row] : nil,
                    isCached: answered.circumstances.isCached, isPinned: answered.circumstances.isPinned)
                let features = answered.circumstances.features
                record.features = row < features.count ? features[row] : nil
                return record
            }
            #expect(try Self.records(in: writer.lines(of: answered, ids: drawn)) == expected)
        }
    }

    private static func logged(
        _ privacy: InputPrivacy, stored: Set<Int> = [], _ cells: [Value]
    ) throws -> JSONObject {
        let writer = PredictionLineWriter(model: "m", version: 1, inputs: names, outputs: [], privacy: privacy)
        let answered = AnsweredRows(
            PredictionBatch([], task: Signature.Task(kind: .other)), rows: [cells], keys: [nil], storedInputs: [stored],
            time: SampleRecords.start, latencyMicroseconds: 1)
        return try #require(try records(in: writer.lines(of: answered, ids: PredictionIDGenerator().next(1))).first)
            .inputs
    }

    @Test func anInputWithAPolicyIsNeverWrittenInClear() throws {
        let privacy = InputPrivacy(policies: ["age": .mask, "region\n": .drop, "note": .hash]) { Array($0.reversed()) }
        let inputs = try Self.logged(privacy, [.integer(123_456), .string("kept"), .string("secret"), .string("abc")])
        #expect(inputs["age"] == .string("****56"))
        #expect(inputs[Self.names[1]] == .string("kept"))
        #expect(inputs["region\n"] == nil)
        #expect(inputs["note"] == .string("636261"))
        let missing = try Self.logged(privacy, [.missing, .missing, .missing, .missing])
        #expect(missing["age"] == .null && missing["note"] == .null && missing["region\n"] == nil)
    }

    @Test func aStoredDigestIsNotHashedAgainAndAGivenValueIs() throws {
        let privacy = InputPrivacy(policies: ["note": .hash], hashedWhenStored: ["note"]) { Array($0.reversed()) }
        let cells: [Value] = [.missing, .missing, .missing, .string("636261")]
        #expect(try Self.logged(privacy, stored: [3], cells)["note"] == .string("636261"))
        #expect(try Self.logged(privacy, stored: [0], cells)["note"] != .string("636261"))
        let writer = PredictionLineWriter(model: "m", version: 1, inputs: Self.names, outputs: [], privacy: privacy)
        #expect(writer.asksWhatWasStored)
    }

    @Test func withoutAKeyAFieldToBeHashedIsLeftOut() throws {
        let inputs = try Self.logged(
            InputPrivacy(policies: ["note": .hash]), Array(repeating: .string("clear"), count: 4))
        #expect(inputs["note"] == nil)
        #expect(inputs["age"] == .string("clear"))
    }

    @Test func aRowThatIsTooLongIsRefusedWithItsCall() throws {
        let long = Value.string(String(repeating: "x", count: SegmentLine.byteCountMax))
        let error = #expect(throws: LogError.self) { try Self.logged(InputPrivacy(), [long, long, long, long]) }
        #expect(error?.kind == .limitExceeded)
    }
}
