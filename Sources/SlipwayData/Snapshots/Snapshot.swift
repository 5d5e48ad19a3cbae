/// An immutable copy of a query's result, named by its content.
public struct Snapshot: Equatable, Sendable {
    /// What is known of it without its rows.
    public let manifest: SnapshotManifest
    /// The folder with its files.
    public let folder: String

    init(manifest: SnapshotManifest, folder: String) {
        self.manifest = manifest
        self.folder = folder
    }

    /// The name under which it was taken.
    public var name: String { manifest.name }
    /// The digest of its rows.
    public var digest: SHA256Digest { manifest.digest }
    /// How commands call it: `churn@3fa9c1d2e4b5`.
    public var reference: String { "\(name)@\(digest.short)" }
    /// The Parquet file with its rows.
    public var dataFile: String { "\(folder)/\(Self.dataName)" }

    static let dataName = "data.parquet"
    static let manifestName = "manifest.json"
    var manifestFile: String { "\(folder)/\(Self.manifestName)" }
}
