import Foundation
import SlipwayData
import SlipwayDuckDB
import SlipwayTesting

@testable import SlipwayMonitoring

/// A log of three days on a real disk, which tests compact.
struct CompactedLog {
    static let hour: Int64 = 3_600_000
    /// The hours after ``SampleRecords/start`` (09:30) at which segments begin: the first day has three of them.
    static let hours: [Int64] = [0, 2, 4, 24, 26, 48]
    static let perSegment = 40

    let temporary: TemporaryFolder
    let folder: SegmentFolder

    init(parquet: (any ParquetFiles)? = DuckDBParquet()) throws {
        temporary = try TemporaryFolder()
        folder = try SegmentFolder(
            root: temporary.path, environment: "production", model: "churn", parquet: parquet)
        for hour in Self.hours { try write(hour: hour) }
    }

    /// A closed segment with records of a second each.
    func write(hour: Int64) throws {
        let writer = try PredictionLogWriter(folder: folder)
        try writer.append(
            (0..<Self.perSegment).map { number in
                SampleRecords.prediction(
                    Int(hour) * 100 + number, offset: hour * Self.hour + Int64(number) * 1_000,
                    key: number % 5 == 0 ? "customer \(number)" : nil)
            })
        try writer.close()
    }

    func time(hour: Int64) -> Timestamp { SampleRecords.start.adding(milliseconds: hour * Self.hour) }

    /// Compacts the days that ended at an hour after the start, or before.
    @discardableResult
    func compact(hour: Int64, parquet: any ParquetFiles = DuckDBParquet()) throws -> LogCompaction {
        try LogCompaction(
            root: temporary.path, environment: "production", parquet: parquet, ageMin: .zero, at: time(hour: hour))
    }

    func records(in window: TimeWindow = .all) throws -> [PredictionRecord] {
        try SampleRecords.readAll(folder, in: window).records
    }

    /// The endings of the files that lie in the folder, without the lock.
    func files() throws -> [String] {
        try folder.fileNames().filter { $0 != ".compaction" }.sorted()
    }

    func count(of ending: String) throws -> Int { try files().count { $0.hasSuffix(ending) } }
}
