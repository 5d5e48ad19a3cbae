import Foundation
public import SlipwayData

/// The folder of all snapshots of a project.
public struct SnapshotFolder: Sendable {
    /// The folder.
    public let path: String
    private let now: @Sendable () -> Timestamp

    /// Names the folder; it is made when the first snapshot is taken.
    public init(path: String, now: @escaping @Sendable () -> Timestamp = { .now() }) {
        self.path = path
        self.now = now
    }

    /// Keeps rows as a snapshot, split into those to train on and those held out.
    ///
    /// The same rows give the same snapshot, which is written once. It is written under a temporary name and renamed
    /// as a whole.
    ///
    /// - Throws: ``DataError`` when the disk is full or the folder cannot be written.
    public func take(
        _ table: Table, query: String, source: String, split: HeldOutSplit, key: String?
    ) throws -> Snapshot {
        let digest = SHA256Digest(of: Data(CSVWriter.bytes(of: table)))
        let parts = split.split(table, key: key)
        let target = "\(path)/\(digest.short)-\(Int((split.share * 100).rounded()))"
        let snapshot = Snapshot(
            folder: target, digest: digest, query: query, source: source, takenAt: now(),
            trainingRows: parts.training.rowCount, heldOutRows: parts.heldOut.rowCount)
        guard !FileManager.default.fileExists(atPath: target) else { return snapshot }

        let temporary = "\(path)/.incoming-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            try CSVWriter.write(parts.training, to: "\(temporary)/train.csv")
            try CSVWriter.write(parts.heldOut, to: "\(temporary)/held-out.csv")
            try AtomicFile.write(
                Array(lineage(of: snapshot).text(style: .indented).utf8), to: "\(temporary)/snapshot.json")
            try FileManager.default.moveItem(atPath: temporary, toPath: target)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            // Another process may have taken the same snapshot meanwhile; then that one stands.
            guard !FileManager.default.fileExists(atPath: target) else { return snapshot }
            if let known = error as? DataError { throw known }
            throw DataError(.unwritable, "the snapshot cannot be written to \(path): \(error.localizedDescription)")
        }
        return snapshot
    }

    private func lineage(of snapshot: Snapshot) -> JSONValue {
        .object([
            "digest": .string(snapshot.digest.hex), "source": .string(snapshot.source),
            "query": .string(snapshot.query), "taken_at": .string(snapshot.takenAt.description),
            "training_rows": .integer(Int64(snapshot.trainingRows)),
            "held_out_rows": .integer(Int64(snapshot.heldOutRows)),
        ])
    }
}
