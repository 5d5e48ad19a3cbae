import Foundation
public import SlipwayData

/// The rows of a snapshot on the two sides of a split, in files that programs read.
///
/// The files lie in a folder of the snapshot and go with it; those that were changed are written again.
public struct SplitRows: Sendable {
    /// The snapshot.
    public let snapshot: Snapshot
    /// The folder with the files.
    public let folder: String
    /// The number of rows to train on.
    public let trainingRows: Int
    /// The number of rows held out.
    public let heldOutRows: Int

    /// The CSV file with the rows to train on.
    public var trainingFile: String { "\(folder)/\(Self.trainingName)" }
    /// The Parquet file with the rows to train on.
    public var trainingParquetFile: String { "\(folder)/\(Self.trainingParquetName)" }
    /// The CSV file with the rows held out.
    public var heldOutFile: String { "\(folder)/\(Self.heldOutName)" }

    /// Splits the rows of a snapshot.
    ///
    /// Blocks its thread.
    ///
    /// - Parameters:
    ///   - table: The rows of the snapshot.
    ///   - key: The column that names the entity, see ``HeldOutSplit/split(_:key:)``.
    /// - Throws: ``DataError`` of kind `unwritable`.
    public init(
        of snapshot: Snapshot, rows table: Table, in snapshots: SnapshotFolder, parquet: any ParquetFiles,
        split: HeldOutSplit, key: String?
    ) throws(DataError) {
        let parts = split.split(table, key: key)
        folder = try snapshots.derive(Self.name(split, key: key), of: snapshot) { folder throws(DataError) in
            try CSVWriter.write(parts.training, to: "\(folder)/\(Self.trainingName)")
            try CSVWriter.write(parts.heldOut, to: "\(folder)/\(Self.heldOutName)")
            try parquet.write(parts.training, to: "\(folder)/\(Self.trainingParquetName)")
        }
        self.snapshot = snapshot
        trainingRows = parts.training.rowCount
        heldOutRows = parts.heldOut.rowCount
    }

    private static let trainingName = "train.csv"
    private static let trainingParquetName = "train.parquet"
    private static let heldOutName = "held-out.csv"

    /// What tells apart what was held out of the same rows.
    private static func name(_ split: HeldOutSplit, key: String?) -> String {
        let way = SHA256Digest(of: Data("\(split.share) \(key.map { "by \($0)" } ?? "by row")".utf8))
        return "split-\(way.hex.prefix(8))"
    }
}
