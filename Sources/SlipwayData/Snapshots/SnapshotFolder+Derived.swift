import Foundation

extension SnapshotFolder {
    private static let derivedName = "files.json"
    private static let derivedByteCountMax = 1 << 20

    /// Keeps files that follow from the rows of a snapshot in a folder beside them, and goes with it.
    ///
    /// Blocks its thread.
    /// Files that are there and as they were written are kept; others are written again.
    ///
    /// - Parameters:
    ///   - name: The name of the folder, which says how the files follow from the rows.
    ///   - write: Writes the files, at once or not at all, to the folder that it is given.
    /// - Returns: The folder.
    /// - Throws: ``DataError`` of kind `unwritable`, or what `write` throws.
    public func derive(
        _ name: String, of snapshot: Snapshot, write: (String) throws(DataError) -> Void
    ) throws(DataError) -> String {
        let target = "\(snapshot.folder)/\(name)"
        return try holding(snapshot.name) { () throws(DataError) in
            if Self.isIntact(target) { return target }
            try writing(to: target, of: snapshot.name) { temporary throws(DataError) in
                try write(temporary)
                try AtomicFile.write(try Self.files(in: temporary), to: "\(temporary)/\(Self.derivedName)")
            }
            return target
        }
    }

    /// The names of the files in a folder with the digests of their bytes.
    private static func files(in folder: String) throws(DataError) -> [UInt8] {
        var members = JSONObject()
        for name in names(in: folder).sorted() {
            members[name] = .string(try SHA256Digest(ofFile: "\(folder)/\(name)").hex)
        }
        return Array((JSONValue.object(members).text(style: .indented) + "\n").utf8)
    }

    private static func isIntact(_ folder: String) -> Bool {
        let list = "\(folder)/\(derivedName)"
        guard let bytes = try? InputFile.bytes(of: list, byteCountMax: derivedByteCountMax),
            case .object(let files)? = try? JSONValue(parsing: bytes),
            Set(files.members.map(\.name)) == Set(names(in: folder)).subtracting([derivedName])
        else { return false }
        return files.members.allSatisfy { name, digest in
            (try? SHA256Digest(ofFile: "\(folder)/\(name)")).map { .string($0.hex) } == digest
        }
    }
}
