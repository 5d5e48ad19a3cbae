import SlipwayData

/// One thing that is wrong in a configuration file, with the place to mend it.
struct ConfigurationProblem: Hashable, Sendable, CustomStringConvertible {
    /// Where the value or key stands.
    var location: SourceLocation
    /// Which value it is.
    var path: ConfigurationPath
    /// What is wrong and what was expected, without the place.
    var message: String

    /// `file:line:column: path: message`.
    var description: String { "\(location): \(text)" }

    /// `path: message`, for a place that is shown apart.
    var text: String {
        path == .root ? message : "\(path): \(message)"
    }
}
