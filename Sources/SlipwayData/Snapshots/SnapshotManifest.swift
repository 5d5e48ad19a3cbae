import Foundation

/// What is known of a snapshot without its rows.
public struct SnapshotManifest: Codable, Equatable, Sendable {
    /// The version of the format; a manifest of a later one is refused.
    public static let formatVersion = 1
    /// The most bytes of a manifest.
    public static let byteCountMax = 16 << 20

    /// A column of the rows.
    public struct Column: Codable, Equatable, Sendable {
        /// Its name.
        public var name: String
        /// The type of its cells.
        public var type: ColumnType

        /// Describes a column.
        public init(name: String, type: ColumnType) {
            self.name = name
            self.type = type
        }
    }

    /// The file that holds the rows.
    public struct File: Codable, Equatable, Sendable {
        /// Its bytes.
        public var byteCount: Int
        /// The digest of its bytes, which another writer of Parquet would give another.
        public var digest: SHA256Digest

        /// Describes a file.
        public init(byteCount: Int, digest: SHA256Digest) {
            self.byteCount = byteCount
            self.digest = digest
        }

        private enum CodingKeys: String, CodingKey {
            case byteCount = "bytes"
            case digest
        }
    }

    /// The version of the format.
    public var format: Int
    /// The name under which it was taken.
    public var name: String
    /// The digest of the rows (``TableDigest``), whatever file holds them.
    public var digest: SHA256Digest
    /// The number of rows.
    public var rowCount: Int
    /// The columns in order.
    public var columns: [Column]
    /// When it was taken first.
    public var takenAt: Timestamp
    /// Where the rows come from.
    public var origin: SnapshotOrigin
    /// The digest of the one that was the latest before; `nil` for the first.
    public var parent: SHA256Digest?
    /// The file that holds the rows.
    public var file: File

    /// Describes a snapshot.
    public init(
        name: String, digest: SHA256Digest, rowCount: Int, columns: [Column], takenAt: Timestamp,
        origin: SnapshotOrigin, parent: SHA256Digest?, file: File
    ) {
        format = Self.formatVersion
        self.name = name
        self.digest = digest
        self.rowCount = rowCount
        self.columns = columns
        self.takenAt = takenAt
        self.origin = origin
        self.parent = parent
        self.file = file
    }

    private enum CodingKeys: String, CodingKey {
        case format, name, digest
        case rowCount = "rows"
        case columns
        case takenAt = "taken_at"
        case origin, parent, file
    }
}

extension SnapshotManifest {
    private static let sealName = "seal"

    /// The manifest as the bytes of its file; its last member seals the others.
    public func sealed() throws(DataError) -> [UInt8] {
        var members = try members()
        members[Self.sealName] = .string(Self.seal(of: members).hex)
        return Array((JSONValue.object(members).text(style: .indented) + "\n").utf8)
    }

    /// Reads the bytes of a file.
    ///
    /// - Parameter file: The name of the file, for messages.
    /// - Throws: ``DataError`` of kind `malformed` for bytes that are no manifest, or one that was changed;
    ///   `unreadable` for one of a later format.
    public init(sealed bytes: [UInt8], file: String) throws(DataError) {
        let document = try JSONValue(
            parsing: bytes, limits: JSONLimits(byteCountMax: Self.byteCountMax), file: file)
        guard case .object(var members) = document, case .integer(let format)? = members["format"] else {
            throw DataError(.malformed, "\(file) is no manifest of a snapshot")
        }
        guard format == Self.formatVersion else {
            throw DataError(
                .unreadable, "\(file) has the format \(format), and this version reads \(Self.formatVersion)",
                hint: "Use the version of slipway that wrote it.")
        }
        let seal = members[Self.sealName]
        members[Self.sealName] = nil
        guard seal == .string(Self.seal(of: members).hex) else {
            throw DataError(.malformed, "\(file) was changed after it was written")
        }
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(JSONValue.object(members).text.utf8))
        } catch {
            throw DataError(.malformed, "\(file) is no manifest of a snapshot: \(error)")
        }
        guard ResourceName.isValid(name), rowCount >= 0, self.file.byteCount >= 0, !columns.isEmpty,
            Set(columns.map(\.name)).count == columns.count
        else { throw DataError(.malformed, "\(file) is no manifest of a snapshot") }
    }

    /// The members as a program reads them, without the seal.
    public func members() throws(DataError) -> JSONObject {
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            if case .object(let members) = try JSONValue(parsing: encoder.encode(self)) { return members }
        } catch let error as DataError {
            throw error
        } catch {
            throw DataError(.malformed, "the manifest of \(name) cannot be written: \(error)")
        }
        return [:]
    }

    private static func seal(of members: JSONObject) -> SHA256Digest {
        SHA256Digest(of: Data(JSONValue.object(members).text.utf8))
    }
}
