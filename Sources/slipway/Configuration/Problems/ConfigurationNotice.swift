import SlipwayData

/// A part of a configuration file that is valid but has no effect in this version.
struct ConfigurationNotice: Hashable, Sendable, CustomStringConvertible {
    /// Where the part stands.
    var location: SourceLocation
    /// Which part it is.
    var path: ConfigurationPath
    /// What does not happen, and what to do instead.
    var message: String

    /// `file:line:column: path: message`.
    var description: String { "\(location): \(path): \(message)" }
}
