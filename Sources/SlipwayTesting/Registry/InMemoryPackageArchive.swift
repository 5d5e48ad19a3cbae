import Foundation
public import SlipwayData
public import SlipwayModel
public import SlipwayRegistry
import Synchronization

/// An archive of packages without a store, for tests of what stands on the seam.
public final class InMemoryPackageArchive: PackageArchive {
    private let packages = Mutex<[SHA256Digest: [String: Data]]>([:])

    /// Makes an empty archive.
    public init() {}

    /// Keeps the files of a package.
    public func keep(_ package: Package) throws(RegistryError) {
        var files: [String: Data] = [:]
        for name in package.manifest.files.keys + [PackageFile.manifest.rawValue] {
            files[name] = FileManager.default.contents(atPath: "\(package.folder)/\(name)")
        }
        packages.withLock { $0[package.digest] = files }
    }

    /// Writes the files of a package into a folder.
    public func restore(_ digest: SHA256Digest, into folder: String) throws(RegistryError) -> Bool {
        guard let files = packages.withLock({ $0[digest] }) else { return false }
        for (name, data) in files {
            guard FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: data) else {
                throw RegistryError(.storeFailed, "\(name) cannot be written")
            }
        }
        return true
    }

    /// Changes a file of every package.
    public func spoil(_ file: PackageFile) {
        packages.withLock { packages in
            for digest in packages.keys { packages[digest]?[file.rawValue]?.append(0) }
        }
    }
}
