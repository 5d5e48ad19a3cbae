import Foundation

/// The folder of all snapshots of a project: `<folder>/<name>/<digest>/` with `data.parquet` and `manifest.json`.
///
/// A snapshot is written under a temporary name and renamed as a whole, so it is there completely or not at all. Whoever
/// writes or removes snapshots of a name holds its lock; whoever reads needs none.
public struct SnapshotFolder: Sendable {
    /// What became of rows that were to be kept.
    public struct Taking: Sendable {
        /// The snapshot that holds them.
        public var snapshot: Snapshot
        /// Whether it was there already.
        public var isUnchanged: Bool
        /// Keeps others from removing it for as long as its rows are used.
        public var hold: SnapshotHold
    }

    /// The folder.
    public let path: String
    let parquet: any ParquetFiles
    let now: @Sendable () -> Timestamp

    /// Names the folder; it is made when the first snapshot is taken.
    public init(
        path: String, parquet: any ParquetFiles, now: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        self.path = path
        self.parquet = parquet
        self.now = now
    }

    /// Keeps rows as a snapshot; rows that a snapshot of the name holds already are not written again.
    ///
    /// Blocks its thread.
    ///
    /// - Throws: ``DataError``: `malformed` for a name that is none, `missingColumn` for a table without columns,
    ///   `unwritable` when the disk is full, the folder cannot be written or there is no writer of Parquet, `unreadable`
    ///   when the snapshot that holds the rows is damaged.
    public func take(_ table: Table, as name: String, from origin: SnapshotOrigin) throws(DataError) -> Taking {
        guard ResourceName.isValid(name) else {
            throw DataError(.malformed, "'\(name.prefix(100))' is not a name; \(ResourceName.rule)")
        }
        if let absence = parquet.absence {
            throw DataError(.unwritable, "snapshots are Parquet files, and there is nothing to write them: \(absence)")
        }
        try Self.check(table)
        let digest = TableDigest.of(table)
        try FolderChange.make(folder(of: name))
        return try holding(name) { () throws(DataError) in
            let taking = try taking(of: table, digest, name, origin)
            try remember(taking.snapshot)
            return taking
        }
    }

    /// Removes a snapshot that nobody holds.
    ///
    /// Blocks its thread.
    ///
    /// - Returns: Whether it was removed.
    /// - Throws: ``DataError`` of kind `unwritable`; whatever is left of it is no longer found.
    public func remove(_ snapshot: Snapshot) throws(DataError) -> Bool {
        try holding(snapshot.name) { () throws(DataError) in
            guard FileManager.default.fileExists(atPath: snapshot.manifestFile),
                !SnapshotHold.isHeld(snapshot.manifestFile)
            else { return false }
            try discard(snapshot.folder, of: snapshot.name)
            return true
        }
    }

    /// Keeps a snapshot from being removed for as long as the hold lives.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` when it is no longer there.
    public func hold(_ snapshot: Snapshot) throws(DataError) -> SnapshotHold {
        // Under the lock, so that nobody is just removing what is held.
        try holding(snapshot.name) { () throws(DataError) in try SnapshotHold(sharing: snapshot.manifestFile) }
    }

    private static let lockName = ".lock"
    private static let incomingPrefix = ".incoming-"
    private static let removedPrefix = ".removed-"

    func folder(of name: String) -> String { "\(path)/\(name)" }

    func folder(of name: String, _ digest: SHA256Digest) -> String { "\(folder(of: name))/\(digest.short)" }

    /// Runs a body while nobody else writes or removes anything of a name; first removes what a killed process left.
    func holding<Result>(_ name: String, _ body: () throws(DataError) -> Result) throws(DataError) -> Result {
        try FileLock.holding("\(folder(of: name))/\(Self.lockName)") { () throws(DataError) in
            sweep(name)
            return try body()
        }
    }

    /// Writes a folder under a temporary name and renames it as a whole over what was there.
    func writing(
        to target: String, of name: String, _ write: (String) throws(DataError) -> Void
    ) throws(DataError) {
        let temporary = "\(folder(of: name))/\(Self.incomingPrefix)\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        try FolderChange.make(temporary)
        try write(temporary)
        if FileManager.default.fileExists(atPath: target) { try discard(target, of: name) }
        try FolderChange.rename(temporary, to: target)
    }

    static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private func discard(_ target: String, of name: String) throws(DataError) {
        let removed = "\(folder(of: name))/\(Self.removedPrefix)\(UUID().uuidString)"
        try FolderChange.rename(target, to: removed)
        try? FileManager.default.removeItem(atPath: removed)
    }

    private func sweep(_ name: String) {
        let names = Self.names(in: folder(of: name))
        for leftover in names where leftover.hasPrefix(Self.incomingPrefix) || leftover.hasPrefix(Self.removedPrefix) {
            try? FileManager.default.removeItem(atPath: "\(folder(of: name))/\(leftover)")
        }
        AtomicFile.sweep(beside: "\(folder(of: name))/\(Self.latestName)")
    }

    /// Refuses columns that a Parquet file could not tell apart when it is read.
    private static func check(_ table: Table) throws(DataError) {
        guard !table.columns.isEmpty else { throw DataError(.missingColumn, "the query gives no columns") }
        var seen: [String: String] = [:]
        for name in table.names {
            guard !name.isEmpty, !name.utf8.contains(0) else {
                throw DataError(
                    .malformed, "a column of the query has no name, or a NUL in it", hint: "Name it in the query.")
            }
            if let other = seen.updateValue(name, forKey: name.lowercased()) {
                throw DataError(
                    .malformed, "the columns '\(other)' and '\(name)' differ only in the case of letters",
                    hint: "Name one of them otherwise in the query.")
            }
        }
    }

    private func taking(
        of table: Table, _ digest: SHA256Digest, _ name: String, _ origin: SnapshotOrigin
    ) throws(DataError) -> Taking {
        if FileManager.default.fileExists(atPath: folder(of: name, digest)) {
            let snapshot = try intact(name, digest)
            return Taking(
                snapshot: snapshot, isUnchanged: true, hold: try SnapshotHold(sharing: snapshot.manifestFile))
        }
        let snapshot = try write(table, digest, name, origin, parent: latestDigest(of: name))
        return Taking(
            snapshot: snapshot, isUnchanged: false, hold: try SnapshotHold(sharing: snapshot.manifestFile))
    }

    private func write(
        _ table: Table, _ digest: SHA256Digest, _ name: String, _ origin: SnapshotOrigin, parent: SHA256Digest?
    ) throws(DataError) -> Snapshot {
        var manifest = SnapshotManifest(
            name: name, digest: digest, rowCount: table.rowCount,
            columns: table.columns.map { .init(name: $0.name, type: $0.type) }, takenAt: now(), origin: origin,
            parent: parent, file: .init(byteCount: 0, digest: digest))
        let target = folder(of: name, digest)
        do throws(DataError) {
            try writing(to: target, of: name) { temporary throws(DataError) in
                let file = "\(temporary)/\(Snapshot.dataName)"
                try parquet.write(table, to: file)
                manifest.file = .init(byteCount: Self.byteCount(of: file), digest: try SHA256Digest(ofFile: file))
                try AtomicFile.write(try manifest.sealed(), to: "\(temporary)/\(Snapshot.manifestName)")
            }
        } catch {
            throw DataError(error.kind, "the snapshot of \(name) cannot be kept: \(error.message)", hint: error.hint)
        }
        return Snapshot(manifest: manifest, folder: target)
    }

    static func byteCount(of file: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
    }
}
