import SlipwayData
import SlipwayTesting

@testable import SlipwayMonitoring

/// Prediction records with known contents.
enum SampleRecords {
    static let start = Timestamp(milliseconds: 1_772_357_400_000)

    /// One record, `offset` milliseconds after ``start``.
    static func prediction(_ number: Int, offset: Int64? = nil, key: String? = nil) -> PredictionRecord {
        let time = start.adding(milliseconds: offset ?? Int64(number))
        return PredictionRecord(
            id: PredictionID(time: time, sequence: UInt16(number & 0xFFF), random: UInt64(number) << 8),
            time: time, model: "churn", version: 1 + number % 2, row: number % 3, key: key,
            inputs: ["tenure": .integer(Int64(number)), "contract": .string("One \"year\"\n"), "charge": .null],
            outputs: ["label": .integer(1), "probabilities": .array([.number(0.25), .number(0.75)])],
            latencyMicroseconds: 100 + number, source: .online)
    }

    static func predictions(_ count: Int) -> [PredictionRecord] { (0..<count).map { prediction($0) } }

    static func folder(in temporary: TemporaryFolder) throws -> SegmentFolder {
        try SegmentFolder(root: temporary.path, environment: "production", model: "churn")
    }

    /// All records of a folder, and what was met on the way.
    static func readAll(
        _ folder: SegmentFolder, in window: TimeWindow = .all
    ) throws -> (records: [PredictionRecord], summary: SegmentStream<PredictionRecord>.Summary) {
        let stream = try PredictionLogReader(folder: folder).records(in: window)
        var records: [PredictionRecord] = []
        while let record = try stream.next() { records.append(record) }
        return (records, stream.summary)
    }
}
