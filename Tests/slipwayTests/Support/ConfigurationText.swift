@testable import slipway

/// Reads texts as the file `slipway.yaml` of a folder that is never touched.
enum ConfigurationText {
    static let folder = ProjectFolder(path: "/projects/telco")

    /// The configuration that a text spells.
    static func configuration(_ text: String) throws(ConfigurationError) -> ProjectConfiguration {
        try ProjectConfiguration(bytes: Array(text.utf8), folder: folder)
    }

    /// The problems of a text, one per line; empty when it has none.
    static func problems(_ text: String) -> String { problems(Array(text.utf8)) }

    /// The problems of a file's bytes, one per line; empty when it has none.
    static func problems(_ bytes: [UInt8]) -> String {
        do {
            _ = try ProjectConfiguration(bytes: bytes, folder: folder)
            return ""
        } catch {
            return error.problemLines.joined(separator: "\n")
        }
    }
}
