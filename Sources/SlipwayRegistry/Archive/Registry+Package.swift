import Foundation
import SlipwayData
public import SlipwayModel

extension Registry {
    /// Opens the package of a version and verifies every file of it.
    ///
    /// One that is not on this machine comes from the archive, where there is one.
    public func package(of version: ModelVersion) throws(ModelError) -> Package {
        let folder = "\(packagesFolder)/\(version.digest.hex)"
        if let archive, !FileManager.default.fileExists(atPath: folder) {
            do {
                try Package.restore(version.digest, into: packagesFolder) { temporary in
                    try archive.restore(version.digest, into: temporary)
                }
            } catch let error as ModelError {
                throw error
            } catch {
                throw ModelError(
                    .corruptPackage, "the package of \(version.reference) cannot be fetched: \(error)",
                    hint: "It is on the machine that pushed it, and in the platform store.")
            }
        }
        return try Package(at: folder, expecting: version.digest)
    }
}
