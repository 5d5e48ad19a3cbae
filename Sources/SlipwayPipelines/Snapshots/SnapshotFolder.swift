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
    /// The same rows split the same way give the same snapshot, which is written once. It is written under a temporary
    /// name and renamed as a whole.
    ///
    /// - Throws: ``DataError`` when the disk is full, the folder cannot be written, or a snapshot in it is damaged.
    public func take(
        _ table: Table, query: String, source: String, split: HeldOutSplit, key: String?
    ) throws -> Snapshot {
        let digest = SHA256Digest(of: Data(CSVWriter.bytes(of: table)))
        let parts = split.split(table, key: key)
        let snapshot = Snapshot(
            folder: "\(path)/\(Self.name(digest, split, key: key))", digest: digest, query: query, source: source,
            takenAt: now(), trainingRows: parts.training.rowCount, heldOutRows: parts.heldOut.rowCount)
        if FileManager.default.fileExists(atPath: snapshot.folder) { return try taken(snapshot) }

        let temporary = "\(path)/.incoming-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            try CSVWriter.write(parts.training, to: "\(temporary)/train.csv")
            try CSVWriter.write(parts.heldOut, to: "\(temporary)/held-out.csv")
            try AtomicFile.write(
                Array(lineage(of: snapshot).text(style: .indented).utf8), to: "\(temporary)/\(Self.lineageName)")
            try FileManager.default.moveItem(atPath: temporary, toPath: snapshot.folder)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            // Another process may have taken the same snapshot meanwhile; then that one stands.
            if FileManager.default.fileExists(atPath: snapshot.folder) { return try taken(snapshot) }
            if let known = error as? DataError { throw known }
            throw DataError(.unwritable, "the snapshot cannot be written to \(path): \(error.localizedDescription)")
        }
        return snapshot
    }

    private static let lineageName = "snapshot.json"

    /// The content names the rows; the way of the split tells apart what was held out of them.
    private static func name(_ digest: SHA256Digest, _ split: HeldOutSplit, key: String?) -> String {
        let way = SHA256Digest(of: Data("\(split.share) \(key.map { "by \($0)" } ?? "by row")".utf8))
        return "\(digest.short)-\(way.hex.prefix(8))"
    }

    /// A snapshot that was taken before, with the moment at which it was.
    private func taken(_ snapshot: Snapshot) throws -> Snapshot {
        let file = "\(snapshot.folder)/\(Self.lineageName)"
        guard let data = FileManager.default.contents(atPath: file),
            let lineage = try? JSONValue(parsing: data), case .string(let moment)? = lineage["taken_at"],
            let takenAt = Timestamp(moment), lineage["digest"] == .string(snapshot.digest.hex),
            [snapshot.trainingFile, snapshot.heldOutFile].allSatisfy(FileManager.default.fileExists(atPath:))
        else {
            throw DataError(
                .unreadable, "the snapshot in \(snapshot.folder) is damaged",
                hint: "Remove that folder; it is written again when the snapshot is taken.")
        }
        return Snapshot(
            folder: snapshot.folder, digest: snapshot.digest, query: snapshot.query, source: snapshot.source,
            takenAt: takenAt, trainingRows: snapshot.trainingRows, heldOutRows: snapshot.heldOutRows)
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
