public import SlipwayData

/// An immutable copy of a query's result, named by its content.
public struct Snapshot: Sendable {
    /// The folder with the snapshot's files.
    public let folder: String
    /// The digest of all rows, which names the snapshot.
    public let digest: SHA256Digest
    /// The query.
    public let query: String
    /// The source that answered it.
    public let source: String
    /// When it was taken first.
    public let takenAt: Timestamp
    /// The number of rows to train on.
    public let trainingRows: Int
    /// The number of rows held out.
    public let heldOutRows: Int

    /// The file with the rows to train on.
    public var trainingFile: String { "\(folder)/train.csv" }
    /// The file with the rows held out.
    public var heldOutFile: String { "\(folder)/held-out.csv" }
}
