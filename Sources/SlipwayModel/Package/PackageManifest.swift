import Foundation
public import SlipwayData

/// The list of a package's files with their digests; its own digest names the package.
public struct PackageManifest: Codable, Equatable, Sendable {
    /// One file of a package.
    public struct Entry: Codable, Equatable, Sendable {
        /// The digest of the file's bytes.
        public var sha256: SHA256Digest
        /// The size of the file.
        public var bytes: Int

        /// Makes an entry.
        public init(sha256: SHA256Digest, bytes: Int) {
            self.sha256 = sha256
            self.bytes = bytes
        }
    }

    /// The version of the layout that this code writes.
    public static let formatCurrent = 1

    /// The version of the layout.
    public var format: Int
    /// The name of the model.
    public var model: String
    /// The files by name, the manifest itself left out.
    public var files: [String: Entry]

    /// Makes a manifest.
    public init(format: Int = Self.formatCurrent, model: String, files: [String: Entry]) {
        self.format = format
        self.model = model
        self.files = files
    }

    /// The digest that names the package: SHA-256 over the format, the model, and the sorted files.
    ///
    /// It depends on contents alone, so the same model pushed twice is the same package.
    public var digest: SHA256Digest {
        var text = "slipway-package \(format)\n\(model)\n"
        for (name, entry) in files.sorted(by: { $0.key < $1.key }) { text += "\(entry.sha256.hex)  \(name)\n" }
        return SHA256Digest(of: .init(text.utf8))
    }
}
