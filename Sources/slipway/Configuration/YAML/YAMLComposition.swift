import SlipwayData
import Yams

/// The syntax tree of a text, composed in spite of repeated keys.
///
/// Yams refuses a repeated key at once and names the place of its first occurrence. To find every other problem in the
/// same pass, the first character of that occurrence is replaced by a private-use one, which moves nothing, and
/// the text is composed again; ``maskedKeys`` remembers what was there.
struct YAMLComposition {
    /// The most repeated keys that are set aside before the file is refused as it is.
    static let maskedKeyCountMax = 16
    /// The most uses of defined aliases before a text is refused unread.
    ///
    /// Composing compares keys, and a key that holds aliases of aliases takes time exponential in their number.
    static let aliasCountMax = 16

    /// A place in the text.
    struct Position: Hashable {
        /// The line, from 1.
        var line: Int
        /// The column in Unicode scalars, from 1.
        var column: Int
    }

    /// The root of the tree; `nil` for a file without content.
    let root: Node?
    /// The owner of the anchors.
    let parser: Parser?
    /// The names of repeated keys by the place of every occurrence but the last.
    let maskedKeys: [Position: String]

    /// Composes a text.
    ///
    /// - Throws: ``ConfigurationError`` with the one problem that stops the parser.
    init(text: String, file: String) throws(ConfigurationError) {
        let fault = YAMLFault(text: text, file: file)
        if let line = Self.lineOfExcessiveAliases(in: text) {
            throw fault.refusal(line: line, column: nil, YAMLTreeBuilder.anchorMessage)
        }
        var masked = text
        var maskedKeys: [Position: String] = [:]
        while true {
            do {
                let parser = try Parser(yaml: masked, resolver: .basic, encoding: .utf8)
                root = try parser.singleRoot()
                self.parser = parser
                self.maskedKeys = maskedKeys
                return
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = Position(line: context.mark.line, column: context.mark.column)
                let name = names.first ?? ""
                guard maskedKeys.count < Self.maskedKeyCountMax, maskedKeys[position] == nil,
                    let next = Self.masking(masked, at: position, round: maskedKeys.count)
                else { throw fault.repeatedKey(name, at: position) }
                maskedKeys[position] = name
                masked = next
            } catch {
                if let (position, name) = maskedKeys.first { throw fault.repeatedKey(name, at: position) }
                throw fault.syntaxError(error)
            }
        }
    }

    /// The text with the first character of the key at a place replaced, or `nil` when nothing stands there.
    private static func masking(_ text: String, at position: Position, round: Int) -> String? {
        guard let mark = Unicode.Scalar(0xE000 + UInt32(round)) else { return nil }
        var scalars = text.unicodeScalars
        guard var index = YAMLText.index(of: position, in: scalars) else { return nil }
        if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
        guard index < scalars.endIndex, !["\"", "'", "\n", "\r"].contains(scalars[index]) else { return nil }
        scalars.replaceSubrange(index...index, with: [mark])
        return String(scalars)
    }

    /// The line of the first alias beyond ``aliasCountMax`` whose anchor is defined in the text.
    private static func lineOfExcessiveAliases(in text: String) -> Int? {
        var anchors: Set<String> = []
        var aliases: [(name: String, line: Int)] = []
        for (mark, name, line) in YAMLText.markedNames(in: text) {
            if mark == "&" { anchors.insert(name) } else { aliases.append((name, line)) }
        }
        return aliases.filter { anchors.contains($0.name) }.dropFirst(aliasCountMax).first?.line
    }
}
