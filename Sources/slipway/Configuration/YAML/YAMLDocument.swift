import SlipwayData
import Yams

/// A configuration file as a tree of located nodes.
///
/// Only the plain data of YAML is read: mappings with text keys, lists, and scalars. Anchors, aliases, and tags are
/// reported, because a file of settings needs none and aliases multiply what a reader must walk.
struct YAMLDocument: Sendable {
    /// The largest file that is read, in bytes.
    static let byteCountMax = 1 << 20
    /// The deepest nesting of mappings and lists.
    static let depthMax = 32
    /// The most values: scalars, lists, and mappings together.
    static let valueCountMax = 20_000

    /// The value of the whole file.
    var root: YAMLNode
    /// Repeated keys, anchors, tags, keys that are not text, and excessive depth, which do not hide the rest.
    var problems: [ConfigurationProblem]

    /// Reads the bytes of a file.
    ///
    /// - Throws: ``ConfigurationError`` when the bytes are not one YAML document.
    init(bytes: [UInt8], file: String) throws(ConfigurationError) {
        let text = try Self.text(of: bytes, file: file)
        let composition = try YAMLComposition(text: text, file: file)
        var builder = YAMLTreeBuilder(file: file, maskedKeys: composition.maskedKeys)
        // Anchors are held weakly by the nodes and strongly by the parser.
        root = withExtendedLifetime(composition.parser) { builder.node(composition.root, at: .root, depth: 0) }
        problems = builder.problems
        guard builder.valueCount <= Self.valueCountMax else {
            throw YAMLFault(text: text, file: file).refusal(
                line: 1, column: nil, "the file holds more than \(Self.valueCountMax) values; keep data in a source")
        }
    }

    /// The bytes as text without a byte order mark.
    private static func text(of bytes: [UInt8], file: String) throws(ConfigurationError) -> String {
        func refusal(line: Int, _ message: String) -> ConfigurationError {
            let location = SourceLocation(file: file, line: line)
            return ConfigurationError(
                problems: [ConfigurationProblem(location: location, path: .root, message: message)], in: file)
        }
        guard bytes.count <= byteCountMax else {
            throw refusal(line: 1, "the file is longer than \(byteCountMax) bytes; a project file needs far less")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            let broken = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
            throw refusal(line: broken + 1, "the line is not UTF-8 text; save the file in UTF-8")
        }
        return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }
}
