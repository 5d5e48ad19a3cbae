public import SlipwayData
public import SlipwayModel

/// A type that keeps the files of packages where every machine that shares the registry finds them.
///
/// ## Contract for implementers
/// - A package is there as a whole or not at all, also when a process is killed while it is kept.
/// - The same package may be kept by many at once, and again.
/// - What is restored is what was kept; the caller compares it with its digest all the same.
public protocol PackageArchive: Sendable {
    /// Keeps the files of a package, unless they are there.
    ///
    /// - Throws: ``RegistryError``: `storeFailed`, or `incompatible` for one that is larger than the archive takes.
    func keep(_ package: Package) throws(RegistryError)

    /// Writes the files of a package into a folder that is there and empty.
    ///
    /// - Returns: Whether the archive has the package.
    /// - Throws: ``RegistryError`` of kind `storeFailed`, also where a file cannot be written.
    func restore(_ digest: SHA256Digest, into folder: String) throws(RegistryError) -> Bool
}
