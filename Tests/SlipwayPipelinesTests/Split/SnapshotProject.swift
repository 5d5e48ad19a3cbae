import SlipwayData
import SlipwayPipelines
import SlipwayTesting

/// A folder in which snapshots are taken and split.
struct SnapshotProject {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Takes a snapshot of rows and splits it.
    func split(_ table: Table, share: Double = 0.2, key: String? = nil) throws -> SplitRows {
        let snapshots = SnapshotFolder(path: folder.path("snapshots"), parquet: PlainParquetFiles())
        let origin = SnapshotOrigin(source: "crm", sourceType: "sqlite", query: "select 1")
        return try SplitRows(
            of: snapshots.take(table, as: "churn", from: origin).snapshot, rows: table, in: snapshots,
            parquet: PlainParquetFiles(), split: HeldOutSplit(share: share), key: key)
    }
}
