import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayMonitoring

struct PredictionLogReaderExportTests {
    private let temporary: TemporaryFolder
    private let reader: PredictionLogReader

    init() throws {
        temporary = try TemporaryFolder()
        let folder = try SampleRecords.folder(in: temporary)
        let writer = try PredictionLogWriter(folder: folder)
        try writer.append(SampleRecords.predictions(1_000))
        try writer.close()
        reader = PredictionLogReader(folder: folder)
    }

    private func exported(_ name: String) throws -> [PredictionRecord] {
        try temporary.text(of: name).split(separator: "\n").compactMap { line in
            guard case .object(let object) = try JSONValue(parsing: String(line)) else { return nil }
            return try PredictionRecord(json: object)
        }
    }

    @Test func everyLineIsARecord() throws {
        let summary = try reader.export(to: temporary.path("log.jsonl"))
        #expect(summary.recordCount == 1_000)
        #expect(try exported("log.jsonl") == SampleRecords.predictions(1_000))
    }

    @Test func versionsAndTimesAreChosen() throws {
        let window = TimeWindow(from: SampleRecords.start, until: SampleRecords.start.adding(milliseconds: 10))
        let summary = try reader.export(to: temporary.path("log.jsonl"), in: window, versions: [2])
        #expect(summary.recordCount == 5)
        #expect(try exported("log.jsonl").allSatisfy { $0.version == 2 && window.contains($0.time) })
    }

    @Test func aPlaceThatCannotBeWrittenIsNamed() {
        let path = temporary.path("absent/log.jsonl")
        let error = #expect(throws: LogError.self) { try reader.export(to: path) }
        #expect(error?.kind == .unwritable)
        #expect(error?.message.contains(path) == true)
    }
}
