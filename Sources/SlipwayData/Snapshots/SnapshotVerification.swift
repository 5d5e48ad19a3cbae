/// What a look at every byte and every row of a snapshot found.
public struct SnapshotVerification: Equatable, Sendable {
    /// The number of rows that were read; `nil` where the file could not be read.
    public var rowCount: Int?
    /// The digest of the rows that were read; `nil` where the file could not be read.
    public var digest: SHA256Digest?
    /// What does not agree with the manifest; empty for a snapshot that is whole.
    public var damages: [String]

    /// Whether everything agrees with the manifest.
    public var isIntact: Bool { damages.isEmpty }
}

extension SnapshotFolder {
    /// Compares the file, the number of rows, and the content of a snapshot with its manifest.
    ///
    /// Blocks its thread.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` where there is no reader of Parquet.
    public func verify(_ snapshot: Snapshot) throws(DataError) -> SnapshotVerification {
        if let damage = try fileDamage(of: snapshot) { return SnapshotVerification(damages: [damage]) }
        if let absence = parquet.absence { throw DataError(.unreadable, absence) }
        let manifest = snapshot.manifest
        var digest = TableDigest(columns: manifest.columns.map { ($0.name, $0.type) })
        var rowCount = 0
        do throws(DataError) {
            let batches = try batches(of: snapshot)
            while let batch = try batches.next() {
                try digest.add(batch)
                rowCount += batch.rowCount
            }
        } catch {
            return SnapshotVerification(damages: [error.message])
        }
        var verification = SnapshotVerification(rowCount: rowCount, digest: digest.finish(), damages: [])
        if rowCount != manifest.rowCount {
            verification.damages.append("the file holds \(rowCount) rows, the manifest says \(manifest.rowCount)")
        }
        if verification.digest != manifest.digest {
            verification.damages.append("the rows have another digest than the manifest says")
        }
        return verification
    }
}
