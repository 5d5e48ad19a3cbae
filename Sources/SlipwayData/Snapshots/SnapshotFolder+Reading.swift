import Foundation

extension SnapshotFolder {
    /// A folder that should be a snapshot and is none.
    public struct Broken: Equatable, Sendable {
        /// The folder.
        public var folder: String
        /// What is wrong with it.
        public var reason: String
    }

    /// What there is of a name, or of all.
    public struct Listing: Equatable, Sendable {
        /// The snapshots by name, those of each name newest first.
        public var snapshots: [Snapshot] = []
        /// What was found beside them.
        public var broken: [Broken] = []

        /// Makes an empty listing.
        public init() {}
    }

    static let latestName = "latest.json"
    private static let latestByteCountMax = 4_096

    /// The names of which there are snapshots, sorted.
    public var names: [String] {
        Self.names(in: path).filter { ResourceName.isValid($0) && (!entries(of: $0).isEmpty || isClosed($0)) }.sorted()
    }

    /// Everything that is there; manifests are read, rows are not.
    public func listing() -> Listing {
        names.reduce(into: Listing()) { all, name in
            let listing = listing(of: name)
            all.snapshots += listing.snapshots
            all.broken += listing.broken
        }
    }

    /// Everything that is there of a name.
    public func listing(of name: String) -> Listing {
        var listing = Listing()
        if isClosed(name) { listing.broken.append(Broken(folder: folder(of: name), reason: "it may not be read")) }
        for entry in entries(of: name) {
            let folder = "\(folder(of: name))/\(entry)"
            do throws(DataError) {
                listing.snapshots.append(try snapshot(at: folder, of: name))
            } catch {
                listing.broken.append(Broken(folder: folder, reason: error.message))
            }
        }
        listing.snapshots.sort {
            ($1.manifest.takenAt, $1.digest.hex) < ($0.manifest.takenAt, $0.digest.hex)
        }
        return listing
    }

    /// The snapshot that a reference means.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` when there is none, several, or a damaged one.
    public func snapshot(_ reference: SnapshotReference) throws(DataError) -> Snapshot {
        let listing = listing(of: reference.name)
        guard case .digest(let prefix) = reference.selector else {
            if let latest = latest(among: listing.snapshots, of: reference.name) { return latest }
            throw listing.broken.first.map(Self.damage) ?? unknown(reference.name)
        }
        let found = listing.snapshots.filter { $0.digest.hex.hasPrefix(prefix) }
        if let only = found.first, found.count == 1 { return only }
        if let broken = listing.broken.first(where: { Self.id(of: $0.folder).hasPrefix(prefix.prefix(Self.idLength)) })
        {
            throw Self.damage(broken)
        }
        guard !listing.snapshots.isEmpty else { throw unknown(reference.name) }
        let shown = (found.isEmpty ? listing.snapshots : found).prefix(5).map(\.reference).joined(separator: ", ")
        throw DataError(
            .unreadable,
            found.isEmpty ? "there is no snapshot \(reference)" : "\(reference) may be any of \(found.count) snapshots",
            hint: found.isEmpty ? "There is \(shown)." : "Write more digits: \(shown).")
    }

    /// The latest snapshot of a name, if there is one.
    public func latest(of name: String) -> Snapshot? { latest(among: listing(of: name).snapshots, of: name) }

    /// The digest of the latest snapshot of a name, if there is one.
    func latestDigest(of name: String) -> SHA256Digest? { latest(of: name)?.digest }

    /// The rows of a snapshot, after the bytes of its file were compared with its manifest.
    ///
    /// Blocks its thread.
    ///
    /// - Throws: ``DataError`` of kind `unreadable` for a damaged file, or without a reader of Parquet.
    public func table(of snapshot: Snapshot) throws(DataError) -> Table {
        try requireIntactFile(of: snapshot)
        var parts = [try snapshot.emptyTable()]
        let batches = try batches(of: snapshot)
        while let batch = try batches.next() { parts.append(batch) }
        return try Table.concatenating(parts)
    }

    func batches(of snapshot: Snapshot) throws(DataError) -> any TableBatches {
        try parquet.batches(
            of: snapshot.dataFile, columns: snapshot.manifest.columns.map { ParquetColumn($0.name, .values($0.type)) },
            in: nil)
    }

    /// Refuses a snapshot whose file is not as it was written.
    func requireIntactFile(of snapshot: Snapshot) throws(DataError) {
        guard let damage = try fileDamage(of: snapshot) else { return }
        throw Self.damage(Broken(folder: snapshot.folder, reason: damage))
    }

    /// What is wrong with the file of a snapshot, by its size and its bytes; `nil` where nothing is.
    func fileDamage(of snapshot: Snapshot) throws(DataError) -> String? {
        guard FileManager.default.fileExists(atPath: snapshot.dataFile) else {
            return "\(snapshot.dataFile) is not there"
        }
        let file = snapshot.manifest.file
        let byteCount = Self.byteCount(of: snapshot.dataFile)
        guard byteCount == file.byteCount else {
            return "\(snapshot.dataFile) has \(byteCount) bytes, and had \(file.byteCount) when it was written"
        }
        guard try SHA256Digest(ofFile: snapshot.dataFile) == file.digest else {
            return "the bytes of \(snapshot.dataFile) were changed after it was written"
        }
        return nil
    }

    /// A snapshot that is there already, after its file was compared with its manifest.
    func intact(_ name: String, _ digest: SHA256Digest) throws(DataError) -> Snapshot {
        let folder = folder(of: name, digest)
        let snapshot: Snapshot
        do throws(DataError) {
            snapshot = try self.snapshot(at: folder, of: name)
        } catch {
            throw Self.damage(Broken(folder: folder, reason: error.message))
        }
        try requireIntactFile(of: snapshot)
        guard snapshot.digest == digest else {
            throw Self.damage(Broken(folder: folder, reason: "it holds other rows"))
        }
        return snapshot
    }

    /// Notes that a snapshot is the latest of its name, also when it was taken before others.
    func remember(_ snapshot: Snapshot) throws(DataError) {
        let note: JSONValue = .object([
            "digest": .string(snapshot.digest.hex), "seen_at": .string(now().description),
        ])
        try AtomicFile.write(
            Array((note.text + "\n").utf8), to: "\(folder(of: snapshot.name))/\(Self.latestName)")
    }

    /// The one that was noted; where the note is gone, or its snapshot, the one that was taken last.
    private func latest(among snapshots: [Snapshot], of name: String) -> Snapshot? {
        let file = "\(folder(of: name))/\(Self.latestName)"
        guard let bytes = try? InputFile.bytes(of: file, byteCountMax: Self.latestByteCountMax),
            let note = try? JSONValue(parsing: bytes), case .string(let hex)? = note["digest"],
            let noted = snapshots.first(where: { $0.digest.hex == hex })
        else { return snapshots.first }
        return noted
    }

    private func snapshot(at folder: String, of name: String) throws(DataError) -> Snapshot {
        let file = "\(folder)/\(Snapshot.manifestName)"
        let bytes = try InputFile.bytes(of: file, byteCountMax: SnapshotManifest.byteCountMax)
        let manifest = try SnapshotManifest(sealed: bytes, file: file)
        guard manifest.name == name, manifest.digest.short == Self.id(of: folder) else {
            throw DataError(.malformed, "\(file) is that of another snapshot")
        }
        return Snapshot(manifest: manifest, folder: folder)
    }

    private static let idLength = 12

    private static func id(of folder: String) -> String { (folder as NSString).lastPathComponent }

    /// The folders of a name that have the name of a digest.
    private func entries(of name: String) -> [String] {
        Self.names(in: folder(of: name)).filter { $0.utf8.count == Self.idLength && $0.allSatisfy(\.isHexDigit) }
            .sorted()
    }

    /// Whether there is a folder of a name that this user may not look into.
    private func isClosed(_ name: String) -> Bool {
        let folder = folder(of: name)
        return access(folder, F_OK) == 0 && access(folder, R_OK | X_OK) != 0
    }

    private static func damage(_ broken: Broken) -> DataError {
        DataError(
            .unreadable, "the snapshot in \(broken.folder) is damaged: \(broken.reason)",
            hint: "Restore it from a copy, or remove that folder and take the snapshot again.")
    }

    private func unknown(_ name: String) -> DataError {
        let near = Spelling.nearest(to: name, among: names).map { "Did you mean '\($0)'?" }
        return DataError(
            .unreadable, "there is no snapshot of \(name)",
            hint: near ?? "Take one: slipway data snapshot \(name)")
    }
}

extension Snapshot {
    /// The columns without rows.
    func emptyTable() throws(DataError) -> Table {
        try Table(
            columns: manifest.columns.map { Column(name: $0.name, values: .empty($0.type)) })
    }
}

extension Column.Values {
    fileprivate static func empty(_ type: ColumnType) -> Self {
        switch type {
        case .boolean: .booleans([])
        case .integer: .integers([])
        case .number: .numbers([])
        case .string: .strings([])
        }
    }
}
