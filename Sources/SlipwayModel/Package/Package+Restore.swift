import Foundation
public import SlipwayData

extension Package {
    /// Puts a package in its folder from somewhere else, verified as a whole before it stands there.
    ///
    /// - Parameters:
    ///   - folder: The folder that holds all packages.
    ///   - files: Writes the files into an empty folder; `false` leaves things as they are.
    /// - Throws: ``ModelError`` of kind `corruptPackage` for other files than those of the digest, or what `files`
    ///   throws.
    public static func restore(
        _ digest: SHA256Digest, into folder: String, files: (String) throws -> Bool
    ) throws {
        let temporary = "\(folder)/.incoming-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        guard try files(temporary) else { return }
        _ = try Package(at: temporary, expecting: digest)
        try PackageDraft.rename(temporary, to: "\(folder)/\(digest.hex)")
    }
}
