/// The version of this program.
enum BuildVersion {
    /// The version, by semantic versioning.
    static let current = "0.1.0"
}
